package org.scenecontexts.runtime.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.cloud.Column;

/** Turns what is predicted about points into fields of a cloud, whatever a task predicts. */
final class PredictionFields {

    /** Field for the object: the number in the list of objects, or {@link Labels#NO_INSTANCE}. */
    static final String INSTANCE = "instance";

    private final int[] pointOf;

    /** @param pointOf for each row of the cloud the point of the scene, or -1 where it was not part of it, {@code [rows]} */
    PredictionFields(int[] pointOf) {
        this.pointOf = pointOf;
    }

    /** Fields for a cloud that has the points of the scene. */
    static PredictionFields ofAll(int points) {
        int[] identity = new int[points];
        Arrays.setAll(identity, i -> i);
        return new PredictionFields(identity);
    }

    /** The fields of all predictions about points; boxes and values of the scene have none. */
    List<Column> columns(ScenePrediction prediction) {
        List<Column> columns = new ArrayList<>();
        for (Prediction part : prediction.predictions()) {
            switch (part) {
                case Prediction.PointLabels labels -> {
                    columns.add(Column.of(Predictor.LABEL, at(labels.classes(), Labels.IGNORE)));
                    columns.add(Column.of(Predictor.CONFIDENCE, confidence(labels)));
                }
                case Prediction.Instances instances -> columns.add(Column.of(INSTANCE, objects(instances)));
                case Prediction.PointValues values -> columns.addAll(values(values));
                case Prediction.Boxes boxes -> {}
                case Prediction.SceneValues values -> {}
            }
        }
        return columns;
    }

    /** Whole numbers of the scene's points at the rows of the cloud. */
    int[] at(int[] values, int missing) {
        return Arrays.stream(pointOf)
                .map(point -> point < 0 ? missing : values[point])
                .toArray();
    }

    private float[] confidence(Prediction.PointLabels labels) {
        float[] rows = new float[pointOf.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = pointOf[i] < 0 ? 0 : labels.confidence()[pointOf[i]];
        }
        return rows;
    }

    /** For each row of the cloud the number of its object. */
    int[] objects(Prediction.Instances instances) {
        return at(instances.owners(Arrays.stream(pointOf).max().orElse(-1) + 1), Labels.NO_INSTANCE);
    }

    private List<Column> values(Prediction.PointValues values) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < values.width(); column++) {
            float[] rows = new float[pointOf.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = pointOf[i] < 0 ? Float.NaN : values.values()[pointOf[i] * values.width() + column];
            }
            columns.add(Column.of(values.width() == 1 ? values.name() : values.name() + "_" + column, rows));
        }
        return columns;
    }
}
