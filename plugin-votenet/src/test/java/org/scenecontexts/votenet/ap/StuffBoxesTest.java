package org.scenecontexts.votenet.ap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.votenet.DetectedClasses;

/** Task and benchmark each have a list of classes without boxes; where they differ somebody must hear of it. */
class StuffBoxesTest {

    private static final SceneClasses CLASSES = SceneClasses.of(List.of("floor", "chair", "table", "lamp"));

    private final StuffBoxes check = new StuffBoxes(CLASSES, DetectedClasses.of(CLASSES, List.of("floor")));

    private void found(int... labels) {
        check.take(Arrays.stream(labels)
                .mapToObj(label -> new ScoredBox(new Box(0, 0, 0, 1, 1, 1, 0, label, -1), 0.5f))
                .toList());
    }

    @Test
    void boxesOfAClassThatTheBenchmarkTakesForStuffAreSaid() {
        found(0, 1, 2, 3);

        assertThat(check.disagreements(label -> label))
                .singleElement()
                .asString()
                .contains("'stuff' of detection-ap lists 'floor'", "same list");
    }

    @Test
    void classesThatTheTaskTakesForStuffAreSaidAtOnce() {
        found(1, 1);

        assertThat(check.disagreements(label -> label))
                .singleElement()
                .asString()
                .contains("no box of 'table', 'lamp'", "count as missed", "If 'stuff' of the task");
    }

    @Test
    void aClassWithoutTrueBoxesIsNotMissed() {
        found(1);

        assertThat(check.disagreements(label -> label == 1 ? 1 : 0)).isEmpty();
    }

    @Test
    void aModelThatFindsNothingIsNoDisagreement() {
        found();

        assertThat(check.disagreements(label -> label)).isEmpty();
    }

    @Test
    void theSameListsSayNothing() {
        found(1, 2, 3);

        assertThat(check.disagreements(label -> label)).isEmpty();
    }
}
