package org.scenecontexts.votenet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.votenet.loss.DetectionLoss;
import org.scenecontexts.votenet.loss.DetectionTargets;
import org.scenecontexts.votenet.net.DetectionNet;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadReader;

/**
 * Finds objects as boxes: points vote for the centres of their objects, and where votes meet a box is proposed (Qi et al.,
 * Deep Hough Voting for 3D Object Detection in Point Clouds, ICCV 2019; REFERENCE 8).
 *
 * @since 0.2
 */
public final class Detection implements Task {

    /** Scenes without a single box that are looked at before it is taken for a mistake. */
    private static final int HOPELESS = 100;

    private final DetectionFactory.Config config;
    private final DetectionNet net;
    private final int channels;
    /** For each class of the data its number among those that are detected, -1 for the others. */
    private final int[] kinds;
    /** The other way round. */
    private final int[] labels;

    private final BoxSizes sizes;
    private long scenes;
    private long boxes;

    /** @param context names the classes of the data, of which one has objects */
    public Detection(TaskContext context, DetectionFactory.Config config) {
        this.config = config;
        List<String> names = context.classes().names();
        kinds = new int[names.size()];
        List<Integer> detected = new ArrayList<>();
        for (int label = 0; label < kinds.length; label++) {
            boolean stuff = config.stuff().contains(names.get(label));
            kinds[label] = stuff ? -1 : detected.size();
            if (!stuff) {
                detected.add(label);
            }
        }
        labels = detected.stream().mapToInt(Integer::intValue).toArray();
        requireClasses(names);
        sizes = new BoxSizes(labels.length);
        channels = context.featureChannels();
        int outputs = coding().channels(labels.length);
        net = new DetectionNet(
                context.engine(),
                context.random(),
                new DetectionNet.Sizes(
                        channels,
                        outputs,
                        config.votes(),
                        config.proposals(),
                        config.radius(),
                        config.samples(),
                        config.centres()));
    }

    private void requireClasses(List<String> names) {
        for (String name : config.stuff()) {
            if (!names.contains(name) && !DetectionFactory.USUAL_STUFF.contains(name)) {
                throw new IllegalArgumentException("'stuff' names the class '" + name
                        + "', which the data does not have; its classes are " + String.join(", ", names));
            }
        }
        if (labels.length == 0) {
            throw new IllegalArgumentException("detection needs data with at least one class that has boxes, found "
                    + (names.isEmpty() ? "no classes" : String.join(", ", names) + ", all of them under 'stuff'"));
        }
        config.sizes().ifPresent(published -> {
            int count = published.sizes().length;
            if (count != labels.length) {
                throw new IllegalArgumentException("'sizes' are those of " + count + " classes, but the data has "
                        + labels.length + " that are detected; leave 'sizes' out to take the means of the data");
            }
        });
    }

    private BoxCoding coding() {
        return new BoxCoding(
                config.headings(),
                config.sizes().map(published -> published.sizes()).orElseGet(sizes::means));
    }

    @Override
    public Module module() {
        return net;
    }

    /**
     * Figures: the parts of the loss ({@code vote-loss} and {@code centre-loss} in metres and square metres), {@code
     * objectness-accuracy}, {@code positive-share} and {@code negative-share} of the proposals.
     */
    @Override
    public LossResult loss(Backbone backbone, Batch batch) {
        PointBatch points = batch.points();
        List<SceneObjects> objects = points.items().stream()
                .map(item -> new SceneObjects(item.scene(), kinds))
                .toList();
        if (net.training()) {
            objects.forEach(scene -> sizes.take(scene.boxes()));
            requireBoxes(objects);
        }
        FeatureSet seeds = backbone.seeds(points, config.seeds());
        TensorEngine engine = seeds.features().engine();
        DetectionNet.Output output = net.apply(seeds);
        BoxCoding coding = coding();
        DetectionTargets targets = new TargetMaker(coding, config.legacy()).targets(points, seeds, objects);
        float[] from = config.votes() > 0 ? seeds.positions() : new float[0];
        DetectionLoss loss = new DetectionLoss(coding, labels.length, config.weights(), targets, from);
        Tensor total = loss.apply(output.votes(), output.places(), output.head());
        Map<String, Tensor> figures = new LinkedHashMap<>();
        loss.parts().forEach((name, value) -> figures.put(name, LossResult.figure(engine, value)));
        return new LossResult(total, figures, points.scenes());
    }

    private void requireBoxes(List<SceneObjects> objects) {
        scenes += objects.size();
        boxes += objects.stream().mapToInt(scene -> scene.boxes().size()).sum();
        if (boxes == 0 && scenes >= HOPELESS) {
            throw new IllegalStateException("the first " + scenes + " training scenes have no box of a class that is"
                    + " detected, and no instance of one either; detection needs data with boxes or instances");
        }
    }

    @Override
    public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
        PointBatch points = batch.points();
        FeatureSet seeds = backbone.seeds(points, config.seeds());
        DetectionNet.Output output = net.apply(seeds);
        float[] places = output.places().toArray();
        float[] head = output.head().toArray();
        output.head().release();
        BoxCoding coding = coding();
        HeadReader reader = new HeadReader(coding, labels.length);
        List<ScenePrediction> predictions = new ArrayList<>();
        for (int b = 0; b < points.scenes(); b++) {
            int from = b * config.proposals();
            int to = from + config.proposals();
            SampledPoints item = points.items().get(b);
            List<ScoredBox> found = config.boxes()
                    .select(
                            reader.read(
                                    Arrays.copyOfRange(places, 3 * from, 3 * to),
                                    Arrays.copyOfRange(head, from * reader.width(), to * reader.width())),
                            coding,
                            labels.length,
                            item.scene().positions());
            predictions.add(
                    ScenePrediction.boxes(found.stream().map(this::labelled).toList()));
        }
        return predictions;
    }

    /** With the class as the data numbers it. */
    private ScoredBox labelled(ScoredBox found) {
        Box box = found.box();
        return new ScoredBox(
                new Box(
                        box.centreX(),
                        box.centreY(),
                        box.centreZ(),
                        box.sizeX(),
                        box.sizeY(),
                        box.sizeZ(),
                        box.heading(),
                        labels[box.label()],
                        box.instance()),
                found.score());
    }

    @Override
    public Map<String, String> notes() {
        return sizes.notes();
    }

    @Override
    public void restore(Map<String, String> notes) {
        sizes.restore(notes);
    }
}
