package org.scenecontexts.api.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Scene;

/**
 * What a network says about one scene: one prediction of each part that its task gives.
 *
 * @param predictions no two of one part
 * @since 0.1
 */
public record ScenePrediction(List<Prediction> predictions) {

    /** @throws IllegalArgumentException when two predictions are of one part */
    public ScenePrediction {
        predictions = List.copyOf(predictions);
        if (parts(predictions).size() != predictions.size()) {
            throw new IllegalArgumentException("a scene has one prediction of each part, found "
                    + predictions.stream().map(p -> p.part().toString()).collect(Collectors.joining(", ")));
        }
    }

    /** The predictions of a scene. */
    public static ScenePrediction of(Prediction... predictions) {
        return new ScenePrediction(List.of(predictions));
    }

    /** A semantic prediction; see {@link Prediction.PointLabels}. */
    public static ScenePrediction semantic(int[] classes, float[] confidence, float[] scores, int[] sampled) {
        return of(new Prediction.PointLabels(classes, confidence, scores, sampled));
    }

    /** A detection. */
    public static ScenePrediction boxes(List<ScoredBox> boxes) {
        return of(new Prediction.Boxes(boxes));
    }

    /** The same with objects, in place of those there were. */
    public ScenePrediction withInstances(List<Instance> instances) {
        return with(new Prediction.Instances(instances));
    }

    /** The same with a further prediction, or with another of its part. */
    public ScenePrediction with(Prediction prediction) {
        List<Prediction> changed = new ArrayList<>(predictions);
        changed.removeIf(old -> old.part().equals(prediction.part()));
        changed.add(prediction);
        return new ScenePrediction(changed);
    }

    /** What is predicted. */
    public Set<Prediction.Part> parts() {
        return parts(predictions);
    }

    private static Set<Prediction.Part> parts(List<Prediction> predictions) {
        return predictions.stream().map(Prediction::part).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One prediction, if the task gave it. */
    public Optional<Prediction> find(Prediction.Part part) {
        return predictions.stream().filter(p -> p.part().equals(part)).findFirst();
    }

    /**
     * The classes of the points.
     *
     * @throws IllegalStateException when they are not predicted; the message names what is
     */
    public Prediction.PointLabels labels() {
        return (Prediction.PointLabels) get(Prediction.Part.LABELS);
    }

    /**
     * The objects.
     *
     * @throws IllegalStateException when they are not predicted; the message names what is
     */
    public List<Instance> instances() {
        return ((Prediction.Instances) get(Prediction.Part.INSTANCES)).found();
    }

    /**
     * The boxes.
     *
     * @throws IllegalStateException when they are not predicted; the message names what is
     */
    public List<ScoredBox> boxes() {
        return ((Prediction.Boxes) get(Prediction.Part.BOXES)).found();
    }

    /**
     * Numbers at every point.
     *
     * @throws IllegalStateException when they are not predicted; the message names what is
     */
    public Prediction.PointValues pointValues(String name) {
        return (Prediction.PointValues) get(Prediction.Part.pointValues(name));
    }

    /**
     * Numbers for the scene.
     *
     * @throws IllegalStateException when they are not predicted; the message names what is
     */
    public Prediction.SceneValues sceneValues(String name) {
        return (Prediction.SceneValues) get(Prediction.Part.sceneValues(name));
    }

    private Prediction get(Prediction.Part part) {
        return find(part)
                .orElseThrow(() -> new IllegalStateException("this prediction has no " + part + "; it has "
                        + (predictions.isEmpty()
                                ? "nothing"
                                : predictions.stream()
                                        .map(p -> p.part().toString())
                                        .collect(Collectors.joining(", ")))
                        + ": name under takes() what is needed, so that a task without it is refused before it runs"));
    }

    /**
     * One object.
     *
     * @param label class
     * @param score confidence; any monotone number
     * @param rows sampled rows that belong to it
     * @param points original points that belong to it
     */
    public record Instance(int label, float score, int[] rows, int[] points) {

        /**
         * The box along the axes around its points, in the frame of the data.
         *
         * @param scene the original points
         * @return lowest and highest corner, metres, {@code [2][3]}; infinite, lowest above highest, where there is no point
         */
        public double[][] bounds(Scene scene) {
            double[] low = new double[3];
            double[] high = new double[3];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
            for (int point : points) {
                for (int axis = 0; axis < 3; axis++) {
                    double value = scene.origin().at(axis) + scene.positions()[3 * point + axis];
                    low[axis] = Math.min(low[axis], value);
                    high[axis] = Math.max(high[axis], value);
                }
            }
            return new double[][] {low, high};
        }
    }

    /**
     * One box.
     *
     * @param score confidence, 0 to 1
     */
    public record ScoredBox(Box box, float score) {}
}
