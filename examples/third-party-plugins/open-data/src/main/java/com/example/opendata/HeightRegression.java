package com.example.opendata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.api.tensor.Tensor;

/** Makes a number for every point known as a task: what it compares with is any attribute of the points. */
@Extension
public final class HeightRegression implements TaskFactory<HeightRegression.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("Attribute of the points to learn; predictions have its name.") @Default("elevation")
            String target,

            @Doc("What the attribute is divided by for the network, so that errors are near 1.") @Default("1") @Positive
            double unit) {}

    @Override
    public String name() {
        return "height-regression";
    }

    @Override
    public String summary() {
        return "A number for every point, such as its height above the ground: a linear head and the squared error.";
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.ofPoints(config.target()));
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of(Prediction.Part.pointValues(config.target()));
    }

    @Override
    public Task create(Config config, TaskContext context) {
        return new Head(config, context);
    }

    private static final class Head extends Module implements Task {
        private final Config config;
        private final Linear layer;

        Head(Config config, TaskContext context) {
            this.config = config;
            layer = child("height", new Linear(context.engine(), context.random(), context.featureChannels(), 1, true));
        }

        @Override
        public Module module() {
            return this;
        }

        @Override
        public LossResult loss(Backbone backbone, Batch batch) {
            PointBatch points = batch.points();
            float[] targets = points.attribute(config.target()).clone();
            for (int i = 0; i < targets.length; i++) {
                targets[i] /= (float) config.unit();
            }
            Tensor values = layer.apply(backbone.features(points));
            Tensor error = values.subtract(values.engine().wrap(targets, points.rows(), 1));
            return new LossResult(error.multiply(error).mean(), Map.of(), points.rows());
        }

        @Override
        public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
            PointBatch points = batch.points();
            float[] all = layer.apply(backbone.features(points)).toArray();
            List<ScenePrediction> predictions = new ArrayList<>();
            for (int b = 0; b < points.scenes(); b++) {
                SampledPoints sampled = points.items().get(b);
                float[] rows = Arrays.copyOfRange(all, points.offsets()[b], points.offsets()[b + 1]);
                for (int i = 0; i < rows.length; i++) {
                    rows[i] *= (float) config.unit();
                }
                float[] values = new float[sampled.inverse().length];
                for (int i = 0; i < values.length; i++) {
                    int row = sampled.inverse()[i];
                    values[i] = row < 0 ? Float.NaN : rows[row];
                }
                predictions.add(ScenePrediction.of(new Prediction.PointValues(config.target(), 1, values, rows)));
            }
            return predictions;
        }
    }
}
