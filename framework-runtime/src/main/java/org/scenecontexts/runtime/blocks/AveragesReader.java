package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;

/** Averages scores of classes, values of points and values of scenes, as any task gives them. */
final class AveragesReader implements PartReader {

    private final Task task;
    private final List<PointColumns> columns = new ArrayList<>();
    private final Map<String, Prediction.SceneValues> sums = new LinkedHashMap<>();
    private double seen;

    AveragesReader(Task task) {
        this.task = task;
    }

    @Override
    public float[] read(Backbone backbone, Batch batch, Place place) {
        ScenePrediction prediction = task.predict(backbone, batch).getFirst();
        int rows = batch.points().rows();
        if (columns.isEmpty()) {
            lay(prediction, rows);
        }
        float[] values = new float[Math.multiplyExact(rows, width())];
        for (PointColumns part : columns) {
            float[] from = part.name().isEmpty()
                    ? prediction.labels().scores()
                    : prediction.pointValues(part.name()).sampled();
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from, row * part.width(), values, row * width() + part.from(), part.width());
            }
        }
        sceneValues(prediction, rows);
        return values;
    }

    private void lay(ScenePrediction prediction, int rows) {
        for (Prediction part : prediction.predictions()) {
            switch (part) {
                case Prediction.PointLabels labels ->
                    columns.add(new PointColumns("", width(), labels.scores().length / rows));
                case Prediction.PointValues values ->
                    columns.add(new PointColumns(values.name(), width(), values.width()));
                case Prediction.SceneValues values -> {}
                case Prediction.Instances instances -> throw notAveraged(instances);
                case Prediction.Boxes boxes -> throw notAveraged(boxes);
            }
        }
    }

    private static IllegalStateException notAveraged(Prediction part) {
        return new IllegalStateException(part.part() + " cannot be averaged");
    }

    private void sceneValues(ScenePrediction prediction, int rows) {
        seen += rows;
        for (Prediction part : prediction.predictions()) {
            if (part instanceof Prediction.SceneValues values) {
                float[] sum = sums.containsKey(values.name())
                        ? sums.get(values.name()).values()
                        : new float[values.values().length];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += rows * values.values()[i];
                }
                sums.put(values.name(), new Prediction.SceneValues(values.name(), values.titles(), sum));
            }
        }
    }

    /** Averages of the values of scenes, by the rows that each part had. */
    List<Prediction> ofScene() {
        return sums.values().stream()
                .<Prediction>map(sum -> {
                    float[] means = new float[sum.values().length];
                    for (int i = 0; i < means.length; i++) {
                        means[i] = (float) (sum.values()[i] / seen);
                    }
                    return new Prediction.SceneValues(sum.name(), sum.titles(), means);
                })
                .toList();
    }

    @Override
    public int width() {
        return columns.stream().mapToInt(PointColumns::width).sum();
    }

    @Override
    public List<PointColumns> columns() {
        return List.copyOf(columns);
    }

    @Override
    public ScenePrediction whole(Scene scene, SampledPoints points, float[] values) {
        List<Prediction> parts = new ArrayList<>();
        for (PointColumns part : columns) {
            float[] own = slice(values, part);
            parts.add(
                    part.name().isEmpty()
                            ? Prediction.PointLabels.ofScores(own, part.width(), points.inverse())
                            : new Prediction.PointValues(
                                    part.name(), part.width(), spread(own, part.width(), points.inverse()), own));
        }
        parts.addAll(ofScene());
        return new ScenePrediction(parts);
    }

    private float[] slice(float[] values, PointColumns part) {
        int rows = width() == 0 ? 0 : values.length / width();
        float[] own = new float[rows * part.width()];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * width() + part.from(), own, row * part.width(), part.width());
        }
        return own;
    }

    private static float[] spread(float[] rows, int width, int[] inverse) {
        float[] points = new float[inverse.length * width];
        Arrays.fill(points, Float.NaN);
        for (int i = 0; i < inverse.length; i++) {
            if (inverse[i] >= 0) {
                System.arraycopy(rows, inverse[i] * width, points, i * width, width);
            }
        }
        return points;
    }
}
