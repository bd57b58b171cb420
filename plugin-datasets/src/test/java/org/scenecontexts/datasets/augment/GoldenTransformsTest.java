package org.scenecontexts.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/** Each augmentation, given the published run's own random draws, does what that run did. */
class GoldenTransformsTest {

    private static Map<String, NpArray> golden;

    @BeforeAll
    static void read() {
        golden = Npz.readAll(TestFiles.golden("more/transforms.npz"));
    }

    @ParameterizedTest
    @CsvSource({"elastic_0.2_0.4, 0.2, 0.4", "elastic_0.8_1.6, 0.8, 1.6"})
    void elasticDistortionMovesPointsAsPublished(String name, double granularity, double magnitude) {
        float[] points = golden.get("points").floats();
        float[] moved = distort(points, name + "/draw0_randn", granularity, magnitude);
        assertClose(moved, golden.get(name + "/out_coords").floats(), 2e-6);
    }

    @Test
    void laterPassesOfElasticDistortionStartFromTheBentPoints() {
        float[] once = distort(golden.get("points").floats(), "elastic_list/draw1_randn", 0.2, 0.4);
        float[] twice = distort(once, "elastic_list/draw2_randn", 0.8, 1.6);
        assertClose(twice, golden.get("elastic_list/out_coords").floats(), 4e-6);
    }

    private static float[] distort(float[] points, String draw, double granularity, double magnitude) {
        NpArray noise = golden.get(draw);
        int[] dims = ElasticDistortion.dims(points, granularity, "golden");
        assertThat(dims).containsExactly(noise.dim(0), noise.dim(1), noise.dim(2));
        return ElasticDistortion.distort(points, noise.floats(), dims, granularity, magnitude);
    }

    @Test
    void autoContrastBlendsAsPublished() {
        double blend = golden.get("autocontrast_open/draw1_py_random").scalar();
        float[] changed = ChromaticAutoContrast.stretch(golden.get("colors").floats(), blend);
        assertClose(changed, golden.get("autocontrast_open/out_feats").floats(), 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"translation_open, 0.10", "translation_s3dis_open, 0.05"})
    void translationTintsAsPublished(String name, double ratio) {
        float[] changed = ChromaticTranslation.tint(
                golden.get("colors").floats(), golden.get(name + "/draw1_rand").doubles(), ratio);
        assertClose(changed, golden.get(name + "/out_feats").floats(), 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"jitter_open, 0.05", "jitter_s3dis_open, 0.005"})
    void jitterChangesColoursAsPublished(String name, double std) {
        float[] changed = ChromaticJitter.jitter(
                golden.get("colors").floats(), golden.get(name + "/draw1_randn").doubles(), std);
        assertClose(changed, golden.get(name + "/out_feats").floats(), 1e-4);
    }

    @Test
    void dropoutKeepsTheChosenPointsWithAllTheirAttributes() {
        int[] chosen = golden.get("dropout_open/draw1_choice").ints();
        assertThat(chosen).hasSize((int) (900 * (1 - 0.2)));
        SampledPoints kept = sampled().select(chosen);
        assertThat(toDoubles(kept.grid()))
                .isEqualTo(golden.get("dropout_open/out_coords").doubles());
        assertThat(kept.scene().colours())
                .isEqualTo(golden.get("dropout_open/out_feats").floats());
        assertThat(kept.scene().labels())
                .isEqualTo(golden.get("dropout_open/out_labels").ints());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "x", "y", "xy"})
    void flipsMirrorVoxelsAsPublished(String axes) {
        SampledPoints flipped =
                RandomFlip.flip(sampled(), axes.contains("x"), axes.contains("y"), RandomFlip.About.MIDDLE);
        assertThat(toDoubles(flipped.grid()))
                .isEqualTo(golden.get("flip_" + axes + "/out_coords").doubles());
        assertThat(flipped.scene().colours())
                .isEqualTo(golden.get("flip_" + axes + "/out_feats").floats());
    }

    private static SampledPoints sampled() {
        double[] coordinates = golden.get("voxel_coords").doubles();
        int[] grid = new int[coordinates.length];
        float[] positions = new float[coordinates.length];
        int[] identity = new int[coordinates.length / 3];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (int) coordinates[i];
            positions[i] = grid[i] * 0.05f;
            identity[i / 3] = i / 3;
        }
        Scene scene = new Scene(
                "golden",
                positions,
                golden.get("colors").floats(),
                new float[0],
                golden.get("labels").ints(),
                new int[0],
                List.of());
        return new SampledPoints(scene, grid, 0.05, identity, identity);
    }

    private static double[] toDoubles(int[] values) {
        return java.util.Arrays.stream(values).asDoubleStream().toArray();
    }

    static void assertClose(float[] found, float[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs(found[i] - expected[i]));
        }
        assertThat(largest).isLessThanOrEqualTo(tolerance);
    }
}
