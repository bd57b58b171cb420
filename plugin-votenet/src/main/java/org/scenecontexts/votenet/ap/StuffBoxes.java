package org.scenecontexts.votenet.ap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.votenet.DetectedClasses;

/**
 * Notices that task and benchmark have different lists of classes without boxes, which either hides boxes that were found or
 * counts boxes that nobody looked for. A benchmark does not know the task, but sees what it gives.
 */
final class StuffBoxes {

    private final SceneClasses classes;
    private final DetectedClasses detected;
    private final long[] found;

    /** @param detected the classes with boxes, for the benchmark */
    StuffBoxes(SceneClasses classes, DetectedClasses detected) {
        this.classes = classes;
        this.detected = detected;
        found = new long[classes.count()];
    }

    /** Takes the boxes of one scene. */
    void take(List<ScoredBox> boxes) {
        boxes.forEach(box -> found[box.box().label()]++);
    }

    /**
     * What does not agree, and what to do.
     *
     * @param truths true boxes of a class
     */
    List<String> disagreements(IntUnaryOperator truths) {
        List<String> said = new ArrayList<>();
        named(IntStream.range(0, found.length).filter(c -> !detected.has(c) && found[c] > 0))
                .ifPresent(
                        names -> said.add("'stuff' of detection-ap lists " + names + ", so that no box of it is true,"
                                + " but the model gives some; give task and benchmark the same list"));
        boolean any = Arrays.stream(found).anyMatch(count -> count > 0);
        named(IntStream.range(0, found.length)
                        .filter(c -> any && detected.has(c) && found[c] == 0 && truths.applyAsInt(c) > 0))
                .ifPresent(names -> said.add("the model gives no box of " + names + ", so that all true ones count as"
                        + " missed. If 'stuff' of the task lists it, 'stuff' of detection-ap should too"));
        return said;
    }

    private Optional<String> named(IntStream labels) {
        List<String> names =
                labels.mapToObj(c -> "'" + classes.names().get(c) + "'").toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }
}
