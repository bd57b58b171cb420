package org.scenecontexts.pointgroup.ap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction;

/** Task and benchmark each have a list of classes without objects; where they differ somebody must hear of it. */
class StuffCheckTest {

    private static final SceneClasses CLASSES = SceneClasses.of(List.of("floor", "chair"));
    private final List<String> warnings = new ArrayList<>();
    private final StuffCheck check = new StuffCheck(CLASSES, Set.of(0), 100, warnings::add);

    private static ScenePrediction points(int label, int count) {
        int[] labels = new int[count];
        Arrays.fill(labels, label);
        return ScenePrediction.semantic(labels, new float[count], new float[2 * count], labels);
    }

    @Test
    void objectsOfAClassThatTheBenchmarkTakesForStuffAreSaid() {
        check.finish(new long[] {3, 1}, label -> label);

        assertThat(warnings).singleElement().asString().contains("'floor'", "3 objects", "same list");
    }

    @Test
    void aClassThatTheTaskTakesForStuffIsSaid() {
        check.take(points(1, 100));
        check.finish(new long[] {0, 0}, label -> 2 * label);

        assertThat(warnings).singleElement().asString().contains("100 points", "'chair'", "2 true objects");
    }

    @Test
    void aClassThatIsNotLearntYetIsNoDisagreement() {
        check.take(points(1, 99));
        check.finish(new long[] {0, 0}, label -> 2 * label);

        assertThat(warnings).isEmpty();
    }

    @Test
    void theSameListsSayNothing() {
        check.take(points(0, 1000));
        check.take(points(1, 1000));
        check.finish(new long[] {0, 4}, label -> 2 * label);

        assertThat(warnings).isEmpty();
    }
}
