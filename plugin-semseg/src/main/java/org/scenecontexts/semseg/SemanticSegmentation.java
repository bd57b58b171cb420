package org.scenecontexts.semseg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Gives every point a class: one linear layer, named {@code final} as in published checkpoints, on the features of any
 * backbone (REFERENCE 1.6, 6.1).
 *
 * <p>Training sees the sampled points; predictions come back at every original point through the inverse index.
 *
 * @since 0.1
 */
public final class SemanticSegmentation implements Task {

    private final Head head;
    private final ClassificationLoss loss;
    private final int classes;

    private static final class Head extends Module {
        private final PointwiseConvolution layer;

        Head(TaskContext context, int classes) {
            layer = child(
                    "final",
                    new PointwiseConvolution(
                            context.engine(), context.random(), context.featureChannels(), classes, true));
        }
    }

    /** @param context names at least 2 classes */
    public SemanticSegmentation(TaskContext context, ClassificationLoss loss) {
        this.classes = context.classes().count();
        this.head = new Head(context, classes);
        this.loss = loss;
    }

    @Override
    public Module module() {
        return head;
    }

    /** Figures: {@code accuracy}, the share of labelled rows whose highest score is that of their class. */
    @Override
    public LossResult loss(Backbone backbone, Batch batch) {
        PointBatch points = batch.points();
        Tensor scores = scores(backbone, points);
        TensorEngine engine = scores.engine();
        Indices labels = points.labels(engine, classes);
        Tensor total = loss.apply(scores, labels);
        Tensor accuracy = engine.allocate(1);
        engine.dense().accuracy(scores.rows(), classes, scores.buffer(), labels, accuracy.buffer());
        scores.release();
        long labelled =
                Arrays.stream(points.labels()).filter(label -> label >= 0).count();
        return new LossResult(total, Map.of("accuracy", accuracy), labelled);
    }

    @Override
    public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
        PointBatch points = batch.points();
        Tensor scores = scores(backbone, points);
        float[] raw = scores.toArray();
        scores.release();
        List<ScenePrediction> predictions = new ArrayList<>();
        for (int b = 0; b < points.scenes(); b++) {
            int from = points.offsets()[b];
            int to = points.offsets()[b + 1];
            predictions.add(ScenePrediction.of(Prediction.PointLabels.ofScores(
                    Arrays.copyOfRange(raw, from * classes, to * classes),
                    classes,
                    points.items().get(b).inverse())));
        }
        return predictions;
    }

    private Tensor scores(Backbone backbone, PointBatch points) {
        Tensor features = backbone.features(points);
        Tensor scores = head.layer.apply(features);
        features.release();
        return scores;
    }
}
