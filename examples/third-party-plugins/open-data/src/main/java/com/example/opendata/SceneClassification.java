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
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.ScenePart;
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

/** Makes a class for every scene known as a task: the mean of the features of its points, and a linear head. */
@Extension
public final class SceneClassification implements TaskFactory<SceneClassification.Config> {

    /** The YAML keys. */
    public record Config(
            @Doc("Attribute of the scene that holds the number of its class; predictions have its name.")
            @Default("kind")
            String target,

            @Doc("Names of the classes, in the order of their numbers.") @Default("[open, forest]") @NotEmpty
            List<String> classes) {
        public Config {
            classes = List.copyOf(classes);
        }
    }

    @Override
    public String name() {
        return "scene-classification";
    }

    @Override
    public String summary() {
        return "A class for every scene: a linear head on the mean of the features of its points.";
    }

    @Override
    public Set<ScenePart> needs(Config config) {
        return Set.of(ScenePart.ofScene(config.target()));
    }

    @Override
    public Set<Prediction.Part> gives(Config config) {
        return Set.of(Prediction.Part.sceneValues(config.target()));
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
            int classes = config.classes().size();
            layer = child(
                    "scene", new Linear(context.engine(), context.random(), context.featureChannels(), classes, true));
        }

        @Override
        public Module module() {
            return this;
        }

        /** Scores of the scenes, {@code [B, K]}. */
        private Tensor scores(Backbone backbone, PointBatch points) {
            Tensor features = backbone.features(points);
            // A matrix whose rows average the rows of one scene each.
            float[] average = new float[points.scenes() * points.rows()];
            for (int b = 0; b < points.scenes(); b++) {
                int from = points.offsets()[b];
                int to = points.offsets()[b + 1];
                Arrays.fill(average, b * points.rows() + from, b * points.rows() + to, 1f / (to - from));
            }
            return layer.apply(features.engine()
                    .wrap(average, points.scenes(), points.rows())
                    .matmul(features));
        }

        @Override
        public LossResult loss(Backbone backbone, Batch batch) {
            float[] target = batch.points().sceneAttribute(config.target());
            int[] labels = new int[target.length];
            for (int b = 0; b < labels.length; b++) {
                labels[b] = (int) target[b];
            }
            Tensor loss = new CrossEntropy(labels, 0, new float[0]).apply(scores(backbone, batch.points()));
            return new LossResult(loss, Map.of(), labels.length);
        }

        @Override
        public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
            int classes = config.classes().size();
            float[] scores = scores(backbone, batch.points()).toArray();
            List<ScenePrediction> predictions = new ArrayList<>();
            for (int b = 0; b < batch.points().scenes(); b++) {
                float[] own = Arrays.copyOfRange(scores, b * classes, (b + 1) * classes);
                predictions.add(ScenePrediction.of(new Prediction.SceneValues(config.target(), config.classes(), own)));
            }
            return predictions;
        }
    }
}
