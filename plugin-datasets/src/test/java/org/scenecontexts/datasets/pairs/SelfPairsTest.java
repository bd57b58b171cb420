package org.scenecontexts.datasets.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.datasets.TestContext;
import org.scenecontexts.datasets.stored.StoredScenesFactory;

/** Pairs of views that are cut from one scene. */
class SelfPairsTest {

    private static final int POINTS = 4000;

    /** Scenes of points on a square of the ground, each point at a place of its own. */
    private static final class Squares implements Dataset {
        @Override
        public int size() {
            return 3;
        }

        @Override
        public SceneClasses classes() {
            return SceneClasses.none();
        }

        @Override
        public String id(int index) {
            return "square-" + index;
        }

        @Override
        public Example load(int index) {
            float[] positions = new float[3 * POINTS];
            for (int i = 0; i < POINTS; i++) {
                positions[3 * i] = i % 80;
                positions[3 * i + 1] = (float) (i / 80);
                positions[3 * i + 2] = index;
            }
            return Example.of(Scene.ofPositions(id(index), positions));
        }
    }

    private static SelfPairs pairs(double keep, double density) {
        return pairs(keep, density, 7);
    }

    private static SelfPairs pairs(double keep, double density, long seed) {
        return new SelfPairs(new Squares(), 4, new SelfPairs.Cut(keep, density), seed);
    }

    private static Set<Long> places(Scene view) {
        Set<Long> places = new HashSet<>();
        for (int i = 0; i < view.size(); i++) {
            places.add(1000L * (long) view.positions()[3 * i] + (long) view.positions()[3 * i + 1]);
        }
        return places;
    }

    @Test
    void everySceneGivesSeveralPairs() {
        SelfPairs data = pairs(0.75, 0.5);
        assertThat(data.size()).isEqualTo(12);
        assertThat(data.views()).isEqualTo(2);
        assertThat(IntStream.range(0, 12).mapToObj(data::id)).doesNotHaveDuplicates();
        assertThat(data.id(5)).isEqualTo("square-1+1");
        assertThat(data.load(5).views())
                .allSatisfy(view -> assertThat(view.positions()[2]).isEqualTo(1));
    }

    @Test
    void aViewHasItsPartOfThePointsAndItsShareOfThem() {
        Example example = pairs(0.75, 0.5).load(0);
        // Points at equal distance from the plane stay together: at most a row of the square more.
        assertThat(example.views()).allSatisfy(view -> assertThat(view.size()).isBetween(1500, 1540));
    }

    @Test
    void theSamePairComesTwiceAndOthersAreCutElsewhere() {
        SelfPairs data = pairs(0.75, 0.5);
        assertThat(data.load(1).views().getFirst().positions())
                .isEqualTo(pairs(0.75, 0.5).load(1).views().getFirst().positions());
        assertThat(places(data.load(1).views().getFirst()))
                .isNotEqualTo(places(data.load(2).views().getFirst()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, -1})
    void noViewOfASceneComesTwice(long seed) {
        SelfPairs data = pairs(0.75, 0.5, seed);
        List<Set<Long>> views = IntStream.range(0, 4)
                .mapToObj(data::load)
                .flatMap(example -> example.views().stream())
                .map(SelfPairsTest::places)
                .toList();
        assertThat(views).hasSize(8).doesNotHaveDuplicates();
    }

    private static SelfPairsFactory.Config of(Choice<BuildContext, Dataset> data) {
        return new SelfPairsFactory.Config(data, 4, 0.75, 0.5, 0);
    }

    @Test
    void dataOfPairsIsRefusedBeforeAnyStageRuns() {
        SelfPairsFactory.Config pairs =
                of(new Choice<>(new StoredScenesFactory(), new StoredScenesFactory.Config(Path.of("scenes"), false)));
        SelfPairsFactory.Config config = of(new Choice<>(new SelfPairsFactory(), pairs));
        assertThatThrownBy(() -> new SelfPairsFactory().requireFiles(config, new TestContext()))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("has 2 views already");
    }

    @Test
    void viewsWithAllTheirPointsShareWhatNeitherPlaneCutsOff() {
        SelfPairs data = pairs(0.6, 1);
        for (int i = 0; i < data.size(); i++) {
            Example example = data.load(i);
            Set<Long> shared = places(example.views().get(0));
            shared.retainAll(places(example.views().get(1)));
            assertThat(shared.size()).isGreaterThanOrEqualTo((int) (0.2 * POINTS));
        }
    }

    @Test
    void aWholeViewIsTheScene() {
        assertThat(pairs(1, 1).load(3).views().getFirst().positions())
                .isEqualTo(new Squares().load(0).scene().positions());
    }
}
