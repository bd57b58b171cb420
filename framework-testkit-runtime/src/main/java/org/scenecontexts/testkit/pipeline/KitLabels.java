package org.scenecontexts.testkit.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Offers {@code task: kit-labels}: a class for every point, by cross-entropy.
 *
 * @since 0.2
 */
public final class KitLabels implements TaskFactory<KitLabels.Config> {

    /** No keys. */
    public record Config() {}

    @Override
    public String name() {
        return "kit-labels";
    }

    @Override
    public String summary() {
        return "Classes of points for tests.";
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of(Prediction.Part.LABELS);
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.LABELS);
    }

    @Override
    public Task create(Config config, TaskContext context) {
        return new Head(context);
    }

    private static final class Head extends Module implements Task {

        private final TaskContext context;
        private final Linear head;

        Head(TaskContext context) {
            this.context = context;
            head = child(
                    "final",
                    new Linear(
                            context.engine(),
                            context.random(),
                            context.featureChannels(),
                            context.classes().count(),
                            true));
        }

        @Override
        public Module module() {
            return this;
        }

        @Override
        public LossResult loss(Backbone backbone, Batch batch) {
            Tensor scores = head.apply(backbone.features(batch.points()));
            long counted = Arrays.stream(batch.points().labels())
                    .filter(label -> label >= 0)
                    .count();
            Tensor loss = new CrossEntropy(
                            batch.points()
                                    .labels(context.engine(), context.classes().count()),
                            0,
                            Buffer.NONE)
                    .apply(scores);
            return new LossResult(loss, Map.of(), counted);
        }

        @Override
        public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
            float[] scores = head.apply(backbone.features(batch.points())).toArray();
            int classes = context.classes().count();
            List<ScenePrediction> predictions = new ArrayList<>();
            int from = 0;
            for (SampledPoints points : batch.points().items()) {
                int to = from + points.size();
                predictions.add(prediction(Arrays.copyOfRange(scores, from * classes, to * classes), classes, points));
                from = to;
            }
            return predictions;
        }

        private static ScenePrediction prediction(float[] scores, int classes, SampledPoints points) {
            int[] rows = new int[points.size()];
            for (int i = 0; i < rows.length; i++) {
                for (int c = 1; c < classes; c++) {
                    rows[i] = scores[i * classes + c] > scores[i * classes + rows[i]] ? c : rows[i];
                }
            }
            int[] inverse = points.inverse();
            int[] labels = new int[inverse.length];
            float[] confidence = new float[inverse.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = inverse[i] < 0 ? Labels.IGNORE : rows[inverse[i]];
                confidence[i] = inverse[i] < 0 ? 0 : 1;
            }
            return ScenePrediction.semantic(labels, confidence, scores, rows);
        }
    }
}
