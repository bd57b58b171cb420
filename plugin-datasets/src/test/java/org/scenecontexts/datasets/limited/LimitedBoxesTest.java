package org.scenecontexts.datasets.limited;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.WorkProgress;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.io.torch.BoxLists;
import org.scenecontexts.io.torch.PointLists;

/** Training with the boxes of some objects only (REFERENCE 9.3). */
class LimitedBoxesTest {

    private static final int OBJECTS = 8;
    private static final int POINTS = 10 * (OBJECTS + 1);

    @TempDir
    private Path folder;

    private static Scene scene(String id) {
        int[] instances =
                IntStream.range(0, POINTS).map(i -> i < 10 ? -1 : i / 10).toArray();
        int[] labels = IntStream.of(instances).map(o -> o < 0 ? 0 : 1 + o % 2).toArray();
        List<Box> boxes = IntStream.rangeClosed(1, OBJECTS)
                .mapToObj(o -> new Box(o, 0, 0, 1, 1, 1, 0, 1 + o % 2, o))
                .toList();
        return Scene.ofPositions(id, new float[3 * POINTS])
                .withLabels(labels)
                .withInstances(instances)
                .withBoxes(boxes);
    }

    /** Three scenes of eight objects of ten points each, which are numbered from 1, and ten points of a floor. */
    private static Choice<BuildContext, Dataset> three() {
        return GivenScenes.of(
                List.of("floor", "chair", "table"),
                Stream.of("scene0001_00", "scene0002_01", "scene0003_02")
                        .map(LimitedBoxesTest::scene)
                        .toList());
    }

    private static Dataset limited(Optional<Integer> boxes, Optional<Path> list, long seed, boolean legacy) {
        return new LimitedFactory()
                .create(
                        new LimitedFactory.Config(
                                three(),
                                1,
                                LimitedFactory.Take.FIRST,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                boxes,
                                list,
                                seed,
                                false,
                                legacy),
                        new TestContext());
    }

    private static int[] objects(Scene scene) {
        return Arrays.stream(scene.instances()).filter(o -> o >= 0).distinct().toArray();
    }

    private Path list(Map<String, BoxLists.Kept> lists) {
        Path file = folder.resolve("boxes.pth");
        BoxLists.write(file, lists);
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 20})
    void drawnBoxesKeepTheirObjectsAndNothingElse(int count) {
        Scene scene =
                limited(Optional.of(count), Optional.empty(), 5, false).load(0).scene();
        assertThat(scene.boxes()).hasSize(Math.min(count, OBJECTS)).doesNotHaveDuplicates();
        assertThat(objects(scene))
                .containsExactlyInAnyOrder(
                        scene.boxes().stream().mapToInt(Box::instance).toArray());
        for (int i = 0; i < POINTS; i++) {
            boolean kept = scene.instances()[i] >= 0;
            assertThat(scene.labels()[i]).isEqualTo(kept ? 1 + scene.instances()[i] % 2 : Labels.UNSEEN);
        }
    }

    @Test
    void drawsAreTheSameEveryTimeAndOthersWithAnotherSeedOrScene() {
        Dataset data = limited(Optional.of(4), Optional.empty(), 5, false);
        List<Box> boxes = data.load(0).scene().boxes();
        assertThat(data.load(0).scene().boxes()).isEqualTo(boxes);
        assertThat(data.load(1).scene().boxes()).isNotEqualTo(boxes);
        assertThat(limited(Optional.of(4), Optional.empty(), 6, false)
                        .load(0)
                        .scene()
                        .boxes())
                .isNotEqualTo(boxes);
    }

    @Test
    void objectsAreDrawnWhereAFileHasNoBoxes() {
        Scene bare = scene("room").withBoxes(List.of());
        Scene some = BoxBudget.drawn(2, 0, false).apply(bare);
        assertThat(objects(some)).hasSize(2);
        assertThat(some.boxes()).isEmpty();
    }

    @Test
    void boxesThatBelongToNoObjectAreCounted() {
        Scene bare = Scene.ofPositions("depth", new float[30])
                .withBoxes(List.of(
                        new Box(0, 0, 0, 1, 1, 1, 0.5, 0, Labels.NO_INSTANCE),
                        new Box(1, 0, 0, 1, 1, 1, 0.5, 0, Labels.NO_INSTANCE)));
        assertThat(BoxBudget.drawn(1, 0, false).apply(bare).boxes()).hasSize(1);
    }

    @Test
    void listedBoxesKeepTheirObjects() {
        Path list = list(Map.of(
                "scene0001_00",
                new BoxLists.Kept(new int[] {0, 2}, new int[] {1, 3}),
                "scene0002_01",
                new BoxLists.Kept(new int[] {8}, new int[] {9})));
        Dataset data = limited(Optional.empty(), Optional.of(list), 0, false);
        Scene scene = data.load(0).scene();
        assertThat(scene.boxes()).extracting(Box::instance).containsExactly(1, 3);
        assertThat(objects(scene)).containsExactly(1, 3);
        assertThatThrownBy(() -> data.load(1))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("names box 8 of scene 'scene0002_01', which has 8 boxes");
        assertThatThrownBy(() -> data.load(2))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("has no scene 'scene0003_02'")
                .hasMessageContaining("'legacy: true'");
    }

    @Test
    void aSceneThatTheListLeavesOutKeepsAllAsPublishedOnlyWhereAskedFor() {
        Path list = list(Map.of("scene0001_00", new BoxLists.Kept(new int[] {0}, new int[] {1})));
        Scene left =
                limited(Optional.empty(), Optional.of(list), 0, true).load(1).scene();
        assertThat(left.boxes()).hasSize(OBJECTS);
        assertThat(objects(left)).hasSize(OBJECTS);
        Scene limited =
                limited(Optional.empty(), Optional.of(list), 0, true).load(0).scene();
        assertThat(limited.labels()).contains(Labels.IGNORE).doesNotContain(Labels.UNSEEN);
    }

    @Test
    void theListsThatAreWrittenAreWhatIsDrawn() {
        for (boolean boxes : new boolean[] {true, false}) {
            Path target = folder.resolve(boxes ? "boxes.pth" : "points.pth");
            Map<String, Double> figures = new LimitedListsFactory()
                    .create(
                            new LimitedListsFactory.Config(
                                    three(),
                                    Optional.empty(),
                                    LimitedFactory.Take.FIRST,
                                    boxes ? Optional.empty() : Optional.of(5),
                                    boxes ? Optional.of(2) : Optional.empty(),
                                    7,
                                    target),
                            new TestContext())
                    .run(WorkProgress.none());
            assertThat(figures)
                    .containsEntry("scenes", 3.0)
                    .containsEntry(boxes ? "boxes" : "points", boxes ? 6.0 : 15.0);
            if (boxes) {
                Dataset drawn = limited(Optional.of(2), Optional.empty(), 7, false);
                Dataset listed = limited(Optional.empty(), Optional.of(target), 0, false);
                for (int i = 0; i < 3; i++) {
                    assertThat(listed.load(i).scene().boxes())
                            .isEqualTo(drawn.load(i).scene().boxes());
                    assertThat(listed.load(i).scene().labels())
                            .isEqualTo(drawn.load(i).scene().labels());
                }
            } else {
                assertThat(PointLists.read(target))
                        .hasSize(3)
                        .allSatisfy((scene, points) -> assertThat(points).hasSize(5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LimitedFactory.Take.class)
    void aListOfScenesHoldsThoseThatAShareTakes(LimitedFactory.Take take) {
        Path target = folder.resolve("scenes.txt");
        new LimitedListsFactory()
                .create(
                        new LimitedListsFactory.Config(
                                three(), Optional.of(0.6), take, Optional.empty(), Optional.empty(), 3, target),
                        new TestContext())
                .run(WorkProgress.none());

        Dataset listed = scenes(1, LimitedFactory.Take.FIRST, Optional.of(target));
        Dataset drawn = scenes(0.6, take, Optional.empty());
        assertThat(listed.size()).isEqualTo(2).isEqualTo(drawn.size());
        for (int i = 0; i < 2; i++) {
            assertThat(listed.id(i)).isEqualTo(drawn.id(i));
        }
    }

    private static Dataset scenes(double share, LimitedFactory.Take take, Optional<Path> list) {
        return new LimitedFactory()
                .create(
                        new LimitedFactory.Config(
                                three(),
                                share,
                                take,
                                list,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                3,
                                false,
                                false),
                        new TestContext());
    }

    @Test
    void oneKindOfListIsWrittenAtATime() {
        assertThatThrownBy(() -> new LimitedListsFactory.Config(
                        three(),
                        Optional.of(0.5),
                        LimitedFactory.Take.FIRST,
                        Optional.of(5),
                        Optional.empty(),
                        0,
                        folder.resolve("list.txt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of 'scenes', 'points' and 'boxes' is expected, found 2");
    }

    @Test
    void anEmptyListIsNotWritten() {
        Path target = folder.resolve("none.pth");
        Choice<BuildContext, Dataset> bare =
                GivenScenes.of(List.of("floor"), List.of(Scene.ofPositions("bare", new float[30])));
        LimitedListsFactory.Config config = new LimitedListsFactory.Config(
                bare, Optional.empty(), LimitedFactory.Take.FIRST, Optional.empty(), Optional.of(2), 7, target);
        assertThatThrownBy(() -> new LimitedListsFactory()
                        .create(config, new TestContext())
                        .run(WorkProgress.none()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("none.pth: is not written")
                .hasMessageContaining("none of the 1 scenes has any boxes");
        assertThat(target).doesNotExist();
    }

    @Test
    void labelsAreLimitedInOneWayOnly() {
        assertThatThrownBy(() -> new LimitedFactory.Config(
                        three(),
                        1,
                        LimitedFactory.Take.FIRST,
                        Optional.empty(),
                        Optional.of(3),
                        Optional.empty(),
                        Optional.of(1),
                        Optional.empty(),
                        0,
                        false,
                        false))
                .hasMessage("'points' and 'boxes' exclude each other; leave one out");
    }
}
