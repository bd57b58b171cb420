package org.scenecontexts.runtime.toy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.api.tensor.Tensor;

/** Regression of the colour of points and of scenes, which needs no labels and gives none. */
public final class ToyBrightness implements TaskFactory<ToyBrightness.Config> {

    public static final Prediction.Part BRIGHTNESS = Prediction.Part.pointValues("brightness");

    public record Config(
            @Doc("Whether other things are predicted than said.") @Default("false")
            boolean lying) {}

    @Override
    public String name() {
        return "toy-brightness";
    }

    @Override
    public String summary() {
        return "Regression of colours for tests.";
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of(BRIGHTNESS, Prediction.Part.sceneValues("mean-brightness"), Prediction.Part.BOXES);
    }

    @Override
    public Task create(Config config, TaskContext context) {
        return new Head(config, context);
    }

    private static final class Head extends Module implements Task {
        private final Config config;
        private final Linear head;

        Head(Config config, TaskContext context) {
            this.config = config;
            head = child("final", new Linear(context.engine(), context.random(), context.featureChannels(), 1, true));
        }

        @Override
        public Module module() {
            return this;
        }

        @Override
        public LossResult loss(Backbone backbone, Batch batch) {
            Tensor values = head.apply(backbone.features(batch.points()));
            int rows = batch.points().rows();
            float[] inputs = batch.points().inputs();
            float[] targets = new float[rows];
            for (int i = 0; i < rows; i++) {
                targets[i] = inputs[i * batch.points().inputChannels()];
            }
            Tensor difference = values.subtract(values.engine().wrap(targets, rows, 1));
            return new LossResult(difference.multiply(difference).mean(), Map.of(), rows);
        }

        @Override
        public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
            float[] all = head.apply(backbone.features(batch.points())).toArray();
            List<ScenePrediction> predictions = new ArrayList<>();
            int from = 0;
            for (SampledPoints points : batch.points().items()) {
                float[] rows = Arrays.copyOfRange(all, from, from + points.size());
                from += points.size();
                predictions.add(config.lying() ? ScenePrediction.boxes(List.of()) : prediction(points, rows));
            }
            return predictions;
        }

        private static ScenePrediction prediction(SampledPoints points, float[] rows) {
            float[] values = new float[points.inverse().length];
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = points.inverse()[i] < 0 ? Float.NaN : rows[points.inverse()[i]];
                sum += points.inverse()[i] < 0 ? 0 : values[i];
            }
            Box box = new Box(1, 2, 3, 1, 1, 1, 0, 1, 0);
            return ScenePrediction.of(
                    new Prediction.PointValues("brightness", 1, values, rows),
                    new Prediction.SceneValues(
                            "mean-brightness", List.of("mean"), new float[] {(float) (sum / values.length)}),
                    new Prediction.Boxes(List.of(new ScenePrediction.ScoredBox(box, 0.5f))));
        }
    }
}
