package org.scenecontexts.runtime.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Linear;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;
import org.scenecontexts.api.tensor.CrossEntropy;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.train.TrainingProgress;

/** Classification of points that forgets some labels by chance, so that the chance of a task shows in results. */
public final class ToyTask implements TaskFactory<ToyTask.Config> {

    public record Config(
            @Doc("Share of labels to forget in training.") @Default("0.2")
            double forget,

            @Doc("Whether gradients become infinite.") @Default("false")
            boolean exploding,

            @Doc("Whether the backward pass fails.") @Default("false")
            boolean brittle,

            @Doc("Whether a layer is in no module.") @Default("false")
            boolean loose,

            @Doc("Views of every example.") @Default("1") int views,

            @Doc("Whether there are predictions.") @Default("true")
            boolean predicts,

            @Doc("Whether every second loss that is measured is no number.") @Default("false")
            boolean lost) {}

    private static final class Brittle extends DifferentiableOp {
        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            return engine.wrap(inputs.getFirst().toArray(), inputs.getFirst().shape());
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            throw new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 7");
        }
    }

    private static final class Explosion extends DifferentiableOp {
        @Override
        protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
            Tensor out = engine.allocate(inputs.getFirst().shape());
            engine.dense().copy(out.size(), inputs.getFirst().buffer(), out.buffer());
            return out;
        }

        @Override
        protected void backward(Tensor gradient, Gradients inputs) {
            gradient.engine().dense().fill(gradient.size(), Float.POSITIVE_INFINITY, gradient.buffer());
            inputs.pass(0);
        }
    }

    @Override
    public String name() {
        return "toy-task";
    }

    @Override
    public String summary() {
        return "Classification of points for tests.";
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return config.predicts() ? Set.of(Prediction.Part.LABELS) : Set.of();
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.LABELS);
    }

    @Override
    public int views(Config config) {
        return config.views();
    }

    @Override
    public Task create(Config config, TaskContext context) {
        return new Head(config, context);
    }

    private static final class Head extends Module implements Task {
        private final Config config;
        private final TaskContext context;
        private final Linear head;
        private Optional<TrainingProgress> told = Optional.empty();
        private final Linear loose;
        private int measured;

        Head(Config config, TaskContext context) {
            this.config = config;
            this.context = context;
            head = child(
                    "final",
                    new Linear(
                            context.engine(),
                            context.random(),
                            context.featureChannels(),
                            context.classes().count(),
                            true));
            int width = context.featureChannels();
            loose = new Linear(context.engine(), new SplittableRandom(1), width, width, true);
        }

        @Override
        public Module module() {
            return this;
        }

        @Override
        public void beforeStep(TrainingProgress progress) {
            told = Optional.of(progress);
        }

        @Override
        public LossResult loss(Backbone backbone, Batch batch) {
            int[] labels = batch.points().labels().clone();
            int counted = 0;
            for (int i = 0; i < labels.length; i++) {
                labels[i] = context.random().nextDouble() < config.forget() ? Labels.IGNORE : labels[i];
                counted += labels[i] >= 0 ? 1 : 0;
            }
            Tensor features = backbone.features(batch.points());
            Tensor scores = head.apply(config.loose() ? loose.apply(features) : features);
            Tensor loss = new CrossEntropy(labels, 0, new float[0]).apply(scores);
            if (config.lost() && !training() && measured++ % 2 == 1) {
                loss = loss.scale(Double.NaN);
            }
            return new LossResult(
                    config.exploding()
                            ? new Explosion().apply(loss)
                            : config.brittle() ? new Brittle().apply(loss) : loss,
                    Map.of(
                            "counted",
                            LossResult.figure(context.engine(), counted),
                            "told",
                            LossResult.figure(
                                    context.engine(),
                                    told.map(at -> at.iteration() + at.epoch()).orElse(Double.NaN))),
                    counted);
        }

        @Override
        public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
            float[] scores = head.apply(backbone.features(batch.points())).toArray();
            int classes = context.classes().count();
            List<ScenePrediction> predictions = new ArrayList<>();
            int from = 0;
            for (SampledPoints points : batch.points().items()) {
                predictions.add(prediction(scores, from, classes, points));
                from += points.size();
            }
            return predictions;
        }

        private static ScenePrediction prediction(float[] scores, int from, int classes, SampledPoints points) {
            int[] rows = new int[points.size()];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = scores[(from + i) * classes] >= scores[(from + i) * classes + 1] ? 0 : 1;
            }
            int n = points.inverse().length;
            int[] labels = new int[n];
            float[] confidence = new float[n];
            for (int i = 0; i < n; i++) {
                int row = points.inverse()[i];
                labels[i] = row < 0 ? Labels.IGNORE : rows[row];
                confidence[i] = row < 0 ? 0 : 0.75f;
            }
            float[] own = java.util.Arrays.copyOfRange(scores, from * classes, (from + points.size()) * classes);
            return ScenePrediction.semantic(labels, confidence, own, rows);
        }
    }
}
