package org.scenecontexts.sparseconv.voxel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.VoxelSampler;
import org.scenecontexts.api.grid.MortonKey;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class VoxelSamplerTest {

    private static final Random RANDOM = new Random(3);

    private static SampledPoints sample(double voxelSize, boolean shift, Scene scene) {
        return new VoxelSampler(voxelSize, shift).sample(scene, RANDOM);
    }

    private static Scene scene(int[] labels, float... positions) {
        return Scene.ofPositions("test", positions).withLabels(labels);
    }

    @Test
    void negativeCoordinatesGoDown() {
        SampledPoints voxels = sample(0.1, false, scene(new int[] {0}, -0.01f, 0.01f, -0.11f));

        assertThat(voxels.grid()).containsExactly(-1, 0, -2);
    }

    @Test
    void keepsTheFirstPointOfAVoxelWithItsAttributes() {
        Scene scene = scene(new int[] {1, 1, 2}, 0.05f, 0, 0, 0.06f, 0, 0, 0.25f, 0, 0)
                .withInstances(new int[] {7, 8, 9})
                .withColours(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

        SampledPoints voxels = sample(0.1, true, scene);

        assertThat(voxels.source()).containsExactly(0, 2);
        assertThat(voxels.inverse()).containsExactly(0, 0, 1);
        assertThat(voxels.grid()).containsExactly(0, 0, 0, 2, 0, 0);
        assertThat(voxels.scene().instances()).containsExactly(7, 9);
        assertThat(voxels.scene().colours()).containsExactly(1, 2, 3, 7, 8, 9);
        assertThat(voxels.scene().labels()).containsExactly(1, 2);
        assertThat(voxels.spacing()).isEqualTo(0.1);
    }

    @Test
    void ignoresTheLabelWherePointsOfAVoxelDisagree() {
        SampledPoints voxels =
                sample(1, true, scene(new int[] {4, 4, 5, 4}, 0, 0, 0, 0.1f, 0, 0, 0.2f, 0, 0, 0.3f, 0, 0));

        assertThat(voxels.scene().labels()).containsExactly(Labels.IGNORE);
    }

    @Test
    void pointsThatNobodyHasLookedAtSayNothingAboutTheLabelOfTheirVoxel() {
        int[] labels = {Labels.UNSEEN, 3, Labels.UNSEEN, Labels.UNSEEN, 3, 4};
        float[] x = {0.1f, 0, 0, 0.2f, 0, 0, 0.3f, 0, 0, 1.1f, 0, 0, 2.1f, 0, 0, 2.2f, 0, 0};
        SampledPoints voxels = new VoxelSampler(1, true)
                .sample(scene(labels, x).withInstances(new int[] {-1, 7, -1, -1, 8, 9}), new java.util.Random(1));
        assertThat(voxels.source()).containsExactly(0, 3, 4);
        assertThat(voxels.scene().labels()).containsExactly(3, Labels.IGNORE, Labels.IGNORE);
        assertThat(voxels.scene().instances()).containsExactly(7, -1, 8);
    }

    @Test
    void leavesUnlabelledScenesUnlabelled() {
        SampledPoints voxels = sample(1, true, Scene.ofPositions("bare", new float[] {0, 0, 0, 5, 5, 5}));

        assertThat(voxels.scene().labels()).isEmpty();
        assertThat(voxels.size()).isEqualTo(2);
    }

    @Test
    void putsRowsInMortonOrder() {
        Random random = new Random(1);
        float[] positions = new float[3 * 5000];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = random.nextFloat() * 4;
        }
        int[] grid = sample(0.1, true, Scene.ofPositions("cube", positions)).grid();

        long previous = -1;
        for (int i = 0; i < grid.length; i += 3) {
            long key = MortonKey.of(0, grid[i], grid[i + 1], grid[i + 2]);
            assertThat(key).isGreaterThan(previous);
            previous = key;
        }
    }

    @Test
    void refusesScenesTooLargeForTheVoxelSize() {
        Scene scene = Scene.ofPositions("in millimetres", new float[] {0, 0, 0, 90_000f, 0, 0});

        assertThatThrownBy(() -> sample(0.02, true, scene))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("in millimetres")
                .hasMessageContaining("along x")
                .hasMessageContaining("metres are expected");
    }

    @Test
    void givesWhatThePublishedVoxelizerGives() {
        try (Npz golden = Npz.open(TestFiles.golden("voxelize_0.02.npz"))) {
            Scene scene = Scene.ofPositions("golden", golden.get("points").floats())
                    .withColours(golden.get("feats").floats())
                    .withLabels(ignoring255(golden.get("labels").ints()));

            SampledPoints voxels = sample(0.02, true, scene);

            expectSameVoxels(
                    voxels,
                    golden.get("out_coords").doubles(),
                    golden.get("out_feats").floats(),
                    ignoring255(golden.get("out_labels").ints()));
        }
    }

    @ParameterizedTest
    @CsvSource({"scannet_val_2cm, 0.02", "scannet_val_5cm, 0.05", "s3dis_val, 0.05"})
    void givesTheItemsOfThePublishedDataSets(String item, double voxelSize) {
        try (Npz golden = Npz.open(TestFiles.golden("more/seg_items_semseg.npz"))) {
            Scene scene = Scene.ofPositions(
                            item, golden.get(item + "/raw_coords").floats())
                    .withColours(golden.get(item + "/raw_feats").floats());

            SampledPoints voxels = sample(voxelSize, true, scene);

            // Labels went through a class map after merging; they are compared where the map is (data sets).
            expectSameVoxels(
                    voxels,
                    golden.get(item + "/coords").doubles(),
                    golden.get(item + "/feats").floats(),
                    new int[0]);
        }
    }

    private static int[] ignoring255(int[] published) {
        return Arrays.stream(published)
                .map(label -> label == 255 ? Labels.IGNORE : label)
                .toArray();
    }

    private static void expectSameVoxels(SampledPoints voxels, double[] coordinates, float[] colours, int[] labels) {
        assertThat(voxels.grid()).hasSize(coordinates.length);
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < voxels.size(); row++) {
            rows.put(Arrays.toString(Arrays.copyOfRange(voxels.grid(), 3 * row, 3 * row + 3)), row);
        }
        for (int i = 0; i < coordinates.length / 3; i++) {
            int[] cell = {(int) coordinates[3 * i], (int) coordinates[3 * i + 1], (int) coordinates[3 * i + 2]};
            assertThat(rows).containsKey(Arrays.toString(cell));
            int row = rows.get(Arrays.toString(cell));
            assertThat(Arrays.copyOfRange(voxels.scene().colours(), 3 * row, 3 * row + 3))
                    .containsExactly(colours[3 * i], colours[3 * i + 1], colours[3 * i + 2]);
            if (labels.length > 0) {
                assertThat(voxels.scene().labels()[row]).isEqualTo(labels[i]);
            }
        }
    }
}
