package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.ClassificationLoss;
import org.scenecontexts.api.task.Joining;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.train.TrainingProgress;

/**
 * Finds objects: every point gets a class and points to the centre of its object, and points of one class that end up close
 * together are one object (Jiang et al., PointGroup, CVPR 2020, without its score network, as published by Hou et al.;
 * REFERENCE 7). With {@code score-net} it is there too.
 *
 * @since 0.2
 */
public final class InstanceSegmentation implements Task {

    private final InstanceHead head;
    private final ClassificationLoss loss;
    private final InstanceSegmentationFactory.Config config;
    private final boolean[] stuff;
    private final ObjectSizes sizes = new ObjectSizes();
    private final SceneClasses names;
    private final Consumer<String> warnings;
    private final ObjectFinder finder;
    private final Optional<ProposalScoring> scoring;
    private final int classes;
    private LostObjects lost;

    /** @param context names at least 2 classes, of which one has objects */
    public InstanceSegmentation(TaskContext context, InstanceSegmentationFactory.Config config) {
        this.config = config;
        names = context.classes();
        warnings = context::warn;
        classes = names.count();
        head = new InstanceHead(context, config);
        loss = config.loss().create(context);
        stuff = new boolean[classes];
        ClassNumbers.of("stuff", config.stuff(), ClassNumbers.STUFF, names).forEach(c -> stuff[c] = true);
        lost = new LostObjects(names, stuff);
        finder = new ObjectFinder(
                config,
                names,
                context.engine().parallel(),
                sizes,
                (proposals, labels, instances) -> lost.take(proposals, labels, instances),
                warnings);
        scoring = head.scoreNet()
                .map(network -> new ProposalScoring(context, network, finder, stuff, config.proposalsAfter()));
    }

    @Override
    public Module module() {
        return head;
    }

    @Override
    public void beforeStep(TrainingProgress progress) {
        scoring.ifPresent(part -> part.beforeStep(progress));
    }

    /**
     * Figures: {@code semantic-loss}, {@code offset-loss} (metres), {@code direction-loss} (-1 at best), {@code accuracy} of
     * the classes, {@code score-loss} with a score network. A batch without objects trains the classes alone.
     */
    @Override
    public LossResult loss(Backbone backbone, Batch batch) {
        PointBatch points = batch.points();
        finder.requireVoxels(points.grid().length > 0);
        if (head.training()) {
            points.items().forEach(item -> sizes.take(item, stuff));
        }
        Tensor features = backbone.features(points);
        Tensor scores = head.scores(features);
        Tensor offsets = head.offsets(features);
        TensorEngine engine = scores.engine();
        Indices labels = points.labels(engine, classes);
        Tensor semantic = loss.apply(scores, labels);
        Tensor accuracy = engine.allocate(1);
        engine.dense().accuracy(scores.rows(), classes, scores.buffer(), labels, accuracy.buffer());
        OffsetTargets targets = OffsetTargets.of(points, stuff);
        OffsetLoss offsetLoss = OffsetLoss.of(offsets, targets);
        boolean any = targets.count() > 0;
        Map<String, Tensor> figures = new LinkedHashMap<>();
        figures.put("semantic-loss", figure(semantic));
        figures.put("offset-loss", any ? figure(offsetLoss.norm()) : LossResult.figure(engine, Double.NaN));
        figures.put("direction-loss", any ? figure(offsetLoss.direction()) : LossResult.figure(engine, Double.NaN));
        figures.put("accuracy", accuracy);
        Tensor total = semantic.add(offsetLoss.total(config.offsetWeight(), config.directionWeight()));
        if (scoring.isPresent()) {
            Optional<Tensor> scoreLoss = scoring.get().loss(features, scores, offsets, points);
            figures.put(
                    "score-loss",
                    scoreLoss.map(InstanceSegmentation::figure).orElseGet(() -> LossResult.figure(engine, Double.NaN)));
            total = scoreLoss.isEmpty() ? total : total.add(scoreLoss.get().scale(config.scoreWeight()));
        }
        features.release();
        long labelled =
                Arrays.stream(points.labels()).filter(label -> label >= 0).count();
        scores.release();
        offsets.release();
        return new LossResult(total, figures, labelled);
    }

    /** The backward pass gives parts of the loss back, so that what is logged is a copy. */
    private static Tensor figure(Tensor part) {
        Tensor copy = part.engine().allocate(1);
        part.engine().dense().copy(1, part.buffer(), copy.buffer());
        return copy;
    }

    /** Whose points and objects were lost where; says what to do where no object came out. */
    @Override
    public List<Report.Table> diagnosis() {
        LostObjects taken = lost;
        lost = new LostObjects(names, stuff);
        taken.advice().ifPresent(warnings);
        return taken.table().stream().toList();
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>(sizes.notes());
        scoring.ifPresent(part -> notes.putAll(part.notes()));
        return notes;
    }

    @Override
    public void restore(Map<String, String> notes) {
        sizes.restore(notes);
        scoring.ifPresent(part -> part.restore(notes));
    }

    @Override
    public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
        PointBatch points = batch.points();
        Tensor features = backbone.features(points);
        Tensor scoreTensor = head.scores(features);
        Tensor offsetTensor = head.offsets(features);
        float[] scores = scoreTensor.toArray();
        float[] offsets = offsetTensor.toArray();
        scoreTensor.release();
        offsetTensor.release();
        List<ScenePrediction> predictions = new ArrayList<>();
        for (int b = 0; b < points.scenes(); b++) {
            int from = points.offsets()[b];
            int to = points.offsets()[b + 1];
            int scene = b;
            predictions.add(predict(
                    batch.samples().get(b).example().scene(),
                    points.items().get(b),
                    Arrays.copyOfRange(scores, from * classes, to * classes),
                    Arrays.copyOfRange(offsets, 3 * from, 3 * to),
                    scoring.flatMap(part -> part.scorer(features, points, scene))));
        }
        features.release();
        return predictions;
    }

    private ScenePrediction predict(
            Scene scene, SampledPoints points, float[] scores, float[] offsets, Optional<ObjectFinder.Scorer> scorer) {
        return ScenePrediction.of(Prediction.PointLabels.ofScores(scores, classes, points.inverse()))
                .withInstances(finder.find(scene, points, scores, offsets, scorer));
    }

    /** Scores and offsets are averaged over parts; objects are found in the whole scene, wherever it was cut. */
    @Override
    public Joining joining() {
        if (scoring.isPresent()) {
            warnings.accept(
                    "the network that scores objects sees objects of whole scenes alone; in blocks, or over several"
                            + " views, an object is as sure as the classes of its points");
        }
        return new ScoresAndOffsets();
    }

    /** The numbers of a row: the scores of the classes, then the offset. */
    private final class ScoresAndOffsets implements Joining.Rows {
        @Override
        public int width() {
            return classes + 3;
        }

        @Override
        public List<Integer> vectors() {
            return List.of(classes);
        }

        @Override
        public float[] values(Backbone backbone, Batch batch) {
            Tensor features = backbone.features(batch.points());
            Tensor scoreTensor = head.scores(features);
            Tensor offsetTensor = head.offsets(features);
            features.release();
            float[] scores = scoreTensor.toArray();
            float[] offsets = offsetTensor.toArray();
            scoreTensor.release();
            offsetTensor.release();
            int rows = batch.points().rows();
            float[] values = new float[rows * width()];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(scores, row * classes, values, row * width(), classes);
                System.arraycopy(offsets, 3 * row, values, row * width() + classes, 3);
            }
            return values;
        }

        @Override
        public ScenePrediction predict(Scene scene, SampledPoints points, float[] values) {
            int rows = points.size();
            float[] scores = new float[rows * classes];
            float[] offsets = new float[rows * 3];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(values, row * width(), scores, row * classes, classes);
                System.arraycopy(values, row * width() + classes, offsets, 3 * row, 3);
            }
            return ScenePrediction.of(Prediction.PointLabels.ofScores(scores, classes, points.inverse()))
                    .withInstances(finder.find(scene, points, scores, offsets, Optional.empty()));
        }
    }
}
