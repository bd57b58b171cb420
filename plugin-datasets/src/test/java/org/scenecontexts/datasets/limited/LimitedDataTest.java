package org.scenecontexts.datasets.limited;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.io.torch.PointLists;

/** Data with some of its scenes and some of its labels. */
class LimitedDataTest {

    private static final int POINTS = 50;

    @TempDir
    private Path folder;

    private static Scene scene(String id) {
        int[] labels = IntStream.range(0, POINTS).map(i -> i % 5 - 1).toArray();
        return Scene.ofPositions(id, new float[3 * POINTS]).withLabels(labels).withInstances(labels);
    }

    /** Every fifth point has no label. */
    private static Choice<BuildContext, Dataset> twenty() {
        return GivenScenes.of(
                List.of("a", "b", "c", "d"),
                IntStream.range(0, 20).mapToObj(i -> scene("scene" + i)).toList());
    }

    private static Dataset limited(
            double scenes,
            LimitedFactory.Take take,
            Optional<Path> sceneList,
            Optional<Integer> points,
            Optional<Path> pointList,
            long seed) {
        return new LimitedFactory()
                .create(
                        new LimitedFactory.Config(
                                twenty(),
                                scenes,
                                take,
                                sceneList,
                                points,
                                pointList,
                                Optional.empty(),
                                Optional.empty(),
                                seed,
                                false,
                                false),
                        new TestContext());
    }

    private static Dataset share(double scenes, LimitedFactory.Take take, long seed) {
        return limited(scenes, take, Optional.empty(), Optional.empty(), Optional.empty(), seed);
    }

    private static List<String> ids(Dataset data) {
        return IntStream.range(0, data.size()).mapToObj(data::id).toList();
    }

    private static int[] labelled(Scene scene) {
        return IntStream.range(0, scene.size())
                .filter(i -> scene.labels()[i] >= 0)
                .toArray();
    }

    @Test
    void aShareKeepsTheFirstScenes() {
        assertThat(ids(share(0.1, LimitedFactory.Take.FIRST, 0))).containsExactly("scene0", "scene1");
        assertThat(ids(share(0.001, LimitedFactory.Take.FIRST, 0))).containsExactly("scene0");
        assertThat(share(1, LimitedFactory.Take.FIRST, 0).size()).isEqualTo(20);
    }

    @Test
    void aRandomShareDependsOnTheSeed() {
        List<String> one = ids(share(0.25, LimitedFactory.Take.RANDOM, 1));
        assertThat(one).hasSize(5).doesNotHaveDuplicates().isEqualTo(ids(share(0.25, LimitedFactory.Take.RANDOM, 1)));
        assertThat(one).isNotEqualTo(ids(share(0.25, LimitedFactory.Take.RANDOM, 2)));
    }

    @Test
    void namedScenesAreKeptAndUnknownNamesReported() throws IOException {
        Path list = Files.writeString(folder.resolve("scenes.txt"), "scene7\nscene3\n");
        assertThat(ids(limited(1, LimitedFactory.Take.FIRST, Optional.of(list), Optional.empty(), Optional.empty(), 0)))
                .containsExactly("scene7", "scene3");
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "scene7\nkitchen\n");
        assertThatThrownBy(() -> limited(
                        1, LimitedFactory.Take.FIRST, Optional.of(wrong), Optional.empty(), Optional.empty(), 0))
                .hasMessageContaining("1 of 2")
                .hasMessageContaining("'kitchen'");
    }

    @Test
    void drawnPointsAreTheSameEveryTimeAndKeepTheirLabels() {
        Dataset data = limited(1, LimitedFactory.Take.FIRST, Optional.empty(), Optional.of(6), Optional.empty(), 3);
        Scene scene = data.load(0).scene();
        int[] kept = labelled(scene);
        assertThat(kept).hasSize(6);
        assertThat(scene.size()).isEqualTo(POINTS);
        for (int point : kept) {
            assertThat(scene.labels()[point]).isEqualTo(point % 5 - 1);
            assertThat(scene.instances()[point]).isEqualTo(point % 5 - 1);
        }
        assertThat(Arrays.stream(scene.instances())
                        .filter(i -> i != Labels.NO_INSTANCE)
                        .count())
                .isEqualTo(6);
        assertThat(labelled(data.load(0).scene())).containsExactly(kept);
        assertThat(labelled(data.load(1).scene())).isNotEqualTo(kept);
    }

    @Test
    void listedPointsKeepTheirLabels() {
        Path list = folder.resolve("points.pth");
        PointLists.write(list, Map.of("scene0", new long[] {4, 9}));
        Dataset data = limited(1, LimitedFactory.Take.FIRST, Optional.empty(), Optional.empty(), Optional.of(list), 0);
        assertThat(labelled(data.load(0).scene())).containsExactly(4, 9);
        assertThatThrownBy(() -> data.load(1)).hasMessageContaining("'scene1'").hasMessageContaining("[scene0]");
    }

    @Test
    void aPointThatTheSceneDoesNotHaveIsReported() {
        Path list = folder.resolve("points.npz");
        PointLists.write(list, Map.of("scene0", new long[] {4, 50}));
        Dataset data = limited(1, LimitedFactory.Take.FIRST, Optional.empty(), Optional.empty(), Optional.of(list), 0);
        assertThatThrownBy(() -> data.load(0)).hasMessageContaining("point 50").hasMessageContaining("50 points");
    }

    @Test
    void hiddenLabelsCountAsIgnoredOnlyWhenTheyShallCollide() {
        for (boolean collide : new boolean[] {false, true}) {
            Scene scene = new LimitedPointsFactory()
                    .create(new LimitedPointsFactory.Config(6, Optional.empty(), 3, collide), new TestContext())
                    .apply(scene("scene0"), new SplittableRandom(9));
            int hidden = collide ? Labels.IGNORE : Labels.UNSEEN;
            assertThat(Arrays.stream(scene.labels())
                            .filter(label -> label == hidden)
                            .count())
                    .isEqualTo(POINTS - 6);
        }
    }

    @Test
    void theTransformHidesTheSameLabelsAsTheDataSet() {
        Scene scene = new LimitedPointsFactory()
                .create(new LimitedPointsFactory.Config(6, Optional.empty(), 3, false), new TestContext())
                .apply(scene("scene0"), new SplittableRandom(9));
        Dataset data = limited(1, LimitedFactory.Take.FIRST, Optional.empty(), Optional.of(6), Optional.empty(), 3);
        assertThat(scene.labels()).containsExactly(data.load(0).scene().labels());
    }
}
