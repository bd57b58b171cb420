package org.scenecontexts.view;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.cloud.CloudScenes;
import org.scenecontexts.io.cloud.Column;
import org.scenecontexts.io.cloud.PointCloud;

/**
 * Which field of a cloud is what: the files of csc, and what others call the same, need no options.
 *
 * @param label field of the true class
 * @param prediction field of the predicted class
 * @param confidence field of the confidence, 0 to 1
 * @param instance field of the object
 * @param instanceTrue field of the true object
 */
record CloudRoles(
        Optional<String> label,
        Optional<String> prediction,
        Optional<String> confidence,
        Optional<String> instance,
        Optional<String> instanceTrue) {

    /** Rows without a class or object. */
    static final int NONE = -1;

    private static final List<String> TRUTHS = List.of("label_true", "ground_truth", "gt", "label_input");
    private static final List<String> LABELS = List.of(
            "label",
            "labels",
            "class",
            "classification",
            "category",
            "semantic",
            "semantic_label",
            "scalar_label",
            "scalar_classification");
    private static final List<String> PREDICTIONS =
            List.of("prediction", "predicted", "pred", "label_pred", "predicted_label", "scalar_prediction");
    private static final List<String> CONFIDENCES = List.of("confidence", "scalar_confidence");
    private static final List<String> INSTANCES =
            List.of("instance", "instance_id", "object", "object_id", "scalar_instance");

    /** What {@code csc evaluate} calls the truth of whatever its file is about. */
    private static final String TRUTH = "truth";

    /**
     * Finds the roles.
     *
     * @param wanted fields that the user names for {@code label} and {@code prediction}; they must exist
     * @param written whether csc wrote the file: then {@code label} is a prediction
     */
    static CloudRoles of(PointCloud cloud, Wanted wanted, boolean written) {
        Optional<String> confidence = first(cloud, CONFIDENCES);
        Optional<String> instance = first(cloud, INSTANCES);
        Optional<String> truth = first(cloud, TRUTHS);
        Optional<String> told = cloud.find(TRUTH).map(Column::name);
        boolean ofObjects = instance.isPresent() && confidence.isEmpty();
        if (truth.isEmpty() && !ofObjects) {
            truth = told;
        }
        Optional<String> prediction = first(cloud, PREDICTIONS);
        Optional<String> plain = first(cloud, LABELS);
        boolean predicted = written || confidence.isPresent() || truth.isPresent() || (ofObjects && told.isPresent());
        if (prediction.isEmpty() && predicted) {
            prediction = plain;
        } else if (truth.isEmpty()) {
            truth = plain;
        }
        return new CloudRoles(
                wanted.label().map(name -> cloud.column(name).name()).or(keep(truth)),
                wanted.prediction().map(name -> cloud.column(name).name()).or(keep(prediction)),
                confidence,
                instance,
                ofObjects ? told : Optional.empty());
    }

    /**
     * Fields that the user names.
     *
     * @param label field of the true class
     * @param prediction field of the predicted class
     */
    record Wanted(Optional<String> label, Optional<String> prediction) {}

    private static java.util.function.Supplier<Optional<String>> keep(Optional<String> value) {
        return () -> value;
    }

    private static Optional<String> first(PointCloud cloud, List<String> names) {
        Map<String, String> fields = new HashMap<>();
        cloud.columns().stream()
                .filter(column -> column.width() == 1)
                .forEach(column -> fields.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column.name()));
        return names.stream().filter(fields::containsKey).map(fields::get).findFirst();
    }

    /**
     * The whole numbers of a field for the rows of a scene.
     *
     * @param kept rows of the scene, {@code [N]}
     * @param told takes what cannot be shown
     * @return {@code [N]}, {@link #NONE} where there is none; empty when the field holds no small whole numbers
     */
    static Optional<int[]> whole(PointCloud cloud, String field, int[] kept, Consumer<String> told) {
        long[] values;
        try {
            values = CloudScenes.labels(cloud, field, kept);
        } catch (CloudException e) {
            told.accept("field '" + field + "' holds no whole numbers, so it is not shown");
            return Optional.empty();
        }
        int[] whole = new int[values.length];
        for (int i = 0; i < whole.length; i++) {
            boolean none = values[i] == CloudScenes.NO_LABEL || values[i] < 0;
            if (!none && values[i] > Integer.MAX_VALUE - 1) {
                told.accept(
                        "field '" + field + "' holds " + values[i] + ", more than a page can show, so it is left out");
                return Optional.empty();
            }
            whole[i] = none ? NONE : (int) values[i];
        }
        return Optional.of(whole);
    }

    /** The confidences of a scene's rows, 0 to 1, with 0 for what is no number, which is told; empty for something else. */
    static Optional<float[]> confidence(PointCloud cloud, String field, int[] kept, Consumer<String> told) {
        float[] all = cloud.column(field).values().floats();
        float[] values = new float[kept.length];
        int none = 0;
        for (int i = 0; i < values.length; i++) {
            boolean missing = Float.isNaN(all[kept[i]]);
            none += missing ? 1 : 0;
            values[i] = missing ? 0 : all[kept[i]];
            if (values[i] < 0 || values[i] > 1) {
                told.accept("field '" + field + "' holds " + values[i]
                        + "; confidences are from 0 to 1, so it is not shown");
                return Optional.empty();
            }
        }
        if (none > 0) {
            told.accept("field '" + field + "' holds no number at " + none + " of " + values.length
                    + " points, which are shown and counted as 0");
        }
        return Optional.of(values);
    }

    /** How many different numbers there are, counted up to a limit. */
    static int different(int[] values, int limit) {
        return (int) Arrays.stream(values).distinct().limit(limit).count();
    }
}
