package org.scenecontexts.api.task;

import java.util.List;
import org.scenecontexts.api.data.Box;

/**
 * What a network says about one scene, at the original points. Parts that a task does not predict are empty.
 *
 * @param labels class per original point, {@code [N]}; {@link org.scenecontexts.api.data.Labels#IGNORE} where the network
 *     saw nothing
 * @param confidence 0 to 1 per original point, {@code [N]}
 * @param scores raw class scores at the sampled rows, {@code [M, K]}
 * @param sampledLabels class per sampled row, {@code [M]}
 * @param instances objects found
 * @param boxes boxes found
 * @since 0.1
 */
public record ScenePrediction(
        int[] labels,
        float[] confidence,
        float[] scores,
        int[] sampledLabels,
        List<Instance> instances,
        List<ScoredBox> boxes) {

    public ScenePrediction {
        instances = List.copyOf(instances);
        boxes = List.copyOf(boxes);
    }

    /** A semantic prediction. */
    public static ScenePrediction semantic(int[] labels, float[] confidence, float[] scores, int[] sampledLabels) {
        return new ScenePrediction(labels, confidence, scores, sampledLabels, List.of(), List.of());
    }

    /** A detection. */
    public static ScenePrediction boxes(List<ScoredBox> boxes) {
        return new ScenePrediction(new int[0], new float[0], new float[0], new int[0], List.of(), boxes);
    }

    public ScenePrediction withInstances(List<Instance> newInstances) {
        return new ScenePrediction(labels, confidence, scores, sampledLabels, newInstances, boxes);
    }

    /**
     * One object.
     *
     * @param label class
     * @param score confidence; any monotone number
     * @param rows sampled rows that belong to it
     * @param points original points that belong to it
     */
    public record Instance(int label, float score, int[] rows, int[] points) {}

    /**
     * One box.
     *
     * @param score confidence, 0 to 1
     */
    public record ScoredBox(Box box, float score) {}
}
