package org.scenecontexts.contrastive.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.select.PointFeatures;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.io.torch.PointLists;
import org.scenecontexts.testing.TestFiles;

/** Chosen points against those of the published selection (goldens active/). */
class ActiveSelectionTest {

    @TempDir
    private Path folder;

    private static BuildContext context() {
        return new BuildContext() {
            @Override
            public RandomGenerator random() {
                return new SplittableRandom(1);
            }

            @Override
            public Parallel parallel() {
                return Parallel.sequential();
            }

            @Override
            public Path resolve(Path path) {
                return path.toAbsolutePath();
            }

            @Override
            public void warn(String message) {}
        };
    }

    private static int[] candidates(Npz golden, int scene, int points, int iterations, boolean throughScene) {
        float[] vectors = golden.get("scene" + scene + "/candidates").floats();
        if (!throughScene) {
            return new Lloyd(vectors, 102, Parallel.sequential()).nearestToCentres(points, iterations);
        }
        int n = vectors.length / 102;
        float[] positions = new float[3 * n];
        float[] colours = new float[3 * n];
        float[] features = new float[96 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(vectors, 102 * i, positions, 3 * i, 3);
            System.arraycopy(vectors, 102 * i + 3, colours, 3 * i, 3);
            System.arraycopy(vectors, 102 * i + 6, features, 96 * i, 96);
        }
        return new KMeansFactory()
                .create(new KMeansFactory.Config(points, iterations, KMeansFactory.Space.FEATURES), context())
                .choose(
                        Scene.ofPositions("scene", positions).withColours(colours),
                        new PointFeatures(features, 96),
                        new SplittableRandom(1));
    }

    @ParameterizedTest
    @CsvSource({"0,16,50", "1,16,50", "0,10,3", "1,10,3", "0,16,1", "1,16,1"})
    void theChosenPointsEqualThePublishedOnes(int scene, int points, int iterations) {
        try (Npz golden = Npz.open(TestFiles.golden("more/active/kmeans.npz"))) {
            int[] expected = golden.get("scene" + scene + "/K" + points + "_it" + iterations)
                    .ints();
            assertThat(candidates(golden, scene, points, iterations, false)).containsExactly(expected);
            assertThat(candidates(golden, scene, points, iterations, true)).containsExactly(expected);
        }
    }

    @Test
    void theWrittenListEqualsThePublishedOne() {
        Path published = TestFiles.golden("more/active/sampled_inds_K16_it50.pth");
        Map<String, int[]> expected = PointLists.read(published);
        Map<String, long[]> found = new LinkedHashMap<>();
        try (Npz golden = Npz.open(TestFiles.golden("more/active/kmeans.npz"))) {
            String[] names = golden.get("scene_names").strings();
            for (int i = 0; i < names.length; i++) {
                found.put(
                        names[i],
                        Arrays.stream(candidates(golden, i, 16, 50, true))
                                .asLongStream()
                                .toArray());
            }
        }
        for (String name : new String[] {"points.pth", "points.npz"}) {
            PointLists.write(folder.resolve(name), found);
            Map<String, int[]> read = PointLists.read(folder.resolve(name));
            assertThat(read.keySet()).isEqualTo(expected.keySet());
            read.forEach((scene, points) -> assertThat(points).containsExactly(expected.get(scene)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "points_list_list.pth",
        "points_list_ndarray.pth",
        "points_list_ndarray.legacy.pth",
        "points_list_tensor.pth"
    })
    void publishedListsOfEveryElementTypeAreRead(String file) {
        Map<String, int[]> lists = PointLists.read(TestFiles.golden("more/" + file));
        assertThat(lists).isNotEmpty();
        Map<String, int[]> reference = PointLists.read(TestFiles.golden("more/points_list_list.pth"));
        lists.forEach((scene, points) -> assertThat(points).containsExactly(reference.get(scene)));
    }

    @Test
    void pointsWithoutAPositionAreNeverChosen() {
        float[] positions = {Float.NaN, 0, 0, 1, 1, 1, 2, 2, 2};
        int[] chosen = new KMeansFactory()
                .create(new KMeansFactory.Config(5, 3, KMeansFactory.Space.RAW), context())
                .choose(Scene.ofPositions("s", positions), PointFeatures.none(), new SplittableRandom(1));
        assertThat(chosen).containsExactly(1, 2);
    }

    @Test
    void featuresAreAskedForWhenThereIsNoModel() {
        var selection =
                new KMeansFactory().create(new KMeansFactory.Config(5, 3, KMeansFactory.Space.FEATURES), context());
        assertThatThrownBy(() -> selection.choose(
                        Scene.ofPositions("s", new float[3]), PointFeatures.none(), new SplittableRandom(1)))
                .hasMessageContaining("'model'");
    }

    @Test
    void randomPointsAreDistinctAndDependOnTheGeneratorOnly() {
        var selection = new RandomSelectionFactory().create(new RandomSelectionFactory.Config(20), context());
        Scene scene = Scene.ofPositions("s", new float[3 * 500]);
        int[] chosen = selection.choose(scene, PointFeatures.none(), new SplittableRandom(3));
        assertThat(IntStream.of(chosen).distinct().count()).isEqualTo(20);
        assertThat(selection.choose(scene, PointFeatures.none(), new SplittableRandom(3)))
                .containsExactly(chosen);
        assertThat(selection.choose(scene, PointFeatures.none(), new SplittableRandom(4)))
                .isNotEqualTo(chosen);
    }
}
