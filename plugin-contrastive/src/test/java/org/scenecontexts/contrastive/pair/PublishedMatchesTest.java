package org.scenecontexts.contrastive.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/**
 * Matches of two views against those of the published loader (goldens pair_items.npz). It matches the augmented clouds after
 * mapping the first by {@code trans = T1 inverse(T0)}; as both augmentations are rigid, that is a search in the world frame.
 */
class PublishedMatchesTest {

    private static final double VOXEL = 0.025;

    private static double[] cloud(int frame) {
        try (Npz npz = Npz.open(TestFiles.golden("more/pairs/scene0001_00/pcd/" + frame + ".npz"))) {
            return npz.get("pcd").doubles();
        }
    }

    private static Scene scene(int frame) {
        double[] values = cloud(frame);
        float[] positions = new float[values.length / 7 * 3];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) values[i / 3 * 7 + i % 3];
        }
        return Scene.ofPositions("frame" + frame, positions);
    }

    /** The points that the recorded item kept, as a sampler would hand them on. */
    private static SampledPoints sampled(Npz golden, String item, int view, Scene scene) {
        int[] rows = golden.get(item + "/quantize_sel" + view).ints();
        if (item.startsWith("points")) {
            int[] choice = golden.get(item + "/draw" + (8 + view) + "_choice").ints();
            int[] voxels = rows;
            rows = IntStream.of(choice).map(i -> voxels[i]).toArray();
        }
        int[] inverse = new int[scene.size()];
        return new SampledPoints(scene.select(rows), new int[0], 0, rows, inverse);
    }

    @ParameterizedTest
    @CsvSource({"voxel0,25", "voxel1,50", "points0,25", "points1,50", "rotxyz0,25", "rotxyz1,50"})
    void matchesEqualThePublishedOnesInTheirOrder(String item, int second) {
        try (Npz golden = Npz.open(TestFiles.golden("more/pair_items.npz"))) {
            Scene[] scenes = {scene(0), scene(second)};
            List<SampledPoints> views = new ArrayList<>();
            for (int view = 0; view < 2; view++) {
                views.add(sampled(golden, item, view, scenes[view]));
            }
            ContrastiveTask task = new ContrastiveTask(
                    new ContrastiveTask.Head(Optional.empty()),
                    (matched, random) -> new LossResult(matched.features0(), Map.of(), 0),
                    true,
                    Optional.of(1.5 * VOXEL));
            PairSample sample = (PairSample) task.prepare(
                    new Example("pair", List.of(scenes)),
                    (scene, random) -> views.get(scene == scenes[0] ? 0 : 1),
                    new SplittableRandom(1));
            double[] expected = golden.get(item + "/matches").doubles();
            int[] found = new int[2 * sample.matches().size()];
            for (int i = 0; i < sample.matches().size(); i++) {
                found[2 * i] = sample.matches().first()[i];
                found[2 * i + 1] = sample.matches().second()[i];
            }
            assertThat(found)
                    .containsExactly(java.util.Arrays.stream(expected)
                            .mapToInt(v -> (int) v)
                            .toArray());
        }
    }

    @Test
    void viewsWithoutACommonPointHaveNoMatch() {
        assertThat(RadiusMatches.find(new float[] {0, 0, 0}, new float[] {1, 0, 0}, 0.1)
                        .size())
                .isZero();
    }

    @Test
    void matchesEqualASearchOfAllPairsAlsoForNegativeCoordinates() {
        SplittableRandom random = new SplittableRandom(4);
        float[] a = new float[600];
        float[] b = new float[600];
        for (int i = 0; i < 600; i++) {
            a[i] = (float) random.nextDouble(-0.5, 0.5);
            b[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        RadiusMatches.Matches found = RadiusMatches.find(a, b, 0.1);
        int expected = 0;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                double d = 0;
                for (int k = 0; k < 3; k++) {
                    d += Math.pow((double) a[3 * i + k] - b[3 * j + k], 2);
                }
                expected += d <= 0.01 ? 1 : 0;
            }
        }
        assertThat(found.size()).isEqualTo(expected).isPositive();
    }
}
