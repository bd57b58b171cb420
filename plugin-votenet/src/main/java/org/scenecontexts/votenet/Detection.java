package org.scenecontexts.votenet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.metrics.Report;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.task.Joining;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.votenet.loss.DetectionLoss;
import org.scenecontexts.votenet.loss.DetectionTargets;
import org.scenecontexts.votenet.loss.SeedTargets;
import org.scenecontexts.votenet.net.DetectionNet;
import org.scenecontexts.votenet.net.PublishedSpread;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.BoxSelection;
import org.scenecontexts.votenet.proposal.HeadColumns;
import org.scenecontexts.votenet.proposal.HeadReader;
import org.scenecontexts.votenet.proposal.OneRead;
import org.scenecontexts.votenet.proposal.ProposalScores;
import org.scenecontexts.votenet.proposal.PublishedSizes;

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
    private final DetectedClasses classes;
    private final Consumer<String> warnings;
    private final BoxSizes sizes;
    private LostBoxes lost;
    private long scenes;
    private long boxes;

    /** @param context names the classes of the data, of which one has objects */
    public Detection(TaskContext context, DetectionFactory.Config config) {
        this.config = config;
        warnings = context::warn;
        classes = DetectedClasses.of(context.classes(), config.stuff());
        config.sizes().ifPresent(this::requireAsMany);
        sizes = new BoxSizes(classes.count());
        lost = new LostBoxes(classes, config.radius());
        net = new DetectionNet(
                context.engine(),
                context.random(),
                new DetectionNet.Sizes(
                        context.featureChannels(),
                        config.width().orElse(context.featureChannels()),
                        HeadColumns.of(coding(), classes.count()).width(),
                        config.votes(),
                        config.proposals(),
                        config.radius(),
                        config.samples(),
                        config.centres(),
                        config.legacy()));
    }

    private void requireAsMany(PublishedSizes published) {
        int count = published.sizes().length;
        if (count != classes.count()) {
            throw new IllegalArgumentException("'sizes' are those of " + count + " classes, but the data has "
                    + classes.count() + " that are detected; leave 'sizes' out to take the means of the data");
        }
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
                .map(item -> new SceneObjects(item.scene(), classes))
                .toList();
        if (net.training()) {
            objects.forEach(scene -> sizes.take(scene.boxes()));
            requireBoxes(objects);
        }
        FeatureSet seeds = seeds(backbone, points);
        DetectionNet.Output output = net.apply(seeds);
        BoxCoding coding = coding();
        DetectionTargets targets = new TargetMaker(coding, config.legacy()).targets(objects);
        Optional<SeedTargets> votes =
                config.votes() > 0 ? Optional.of(TargetMaker.seeds(points, seeds, objects)) : Optional.empty();
        DetectionLoss loss = new DetectionLoss(coding, classes.count(), config.weights(), targets, votes);
        Tensor total = loss.apply(output.votes(), output.places(), output.head());
        votes.ifPresent(SeedTargets::close);
        return new LossResult(total, loss.parts(), points.scenes());
    }

    private FeatureSet seeds(Backbone backbone, PointBatch points) {
        if (!config.legacy() || backbone.hasOwnSeeds()) {
            return backbone.seeds(points, config.seeds());
        }
        record Key(int count) {}
        int[] rows = points.derived(
                new Key(config.seeds()),
                () -> PublishedSpread.rows(points.positions(), points.offsets(), config.seeds()));
        return FeatureSet.at(backbone.features(points), points, rows);
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
        tellGuessedSizes();
        PointBatch points = batch.points();
        FeatureSet seeds = seeds(backbone, points);
        DetectionNet.Output output = net.apply(seeds);
        List<float[]> read = OneRead.of(
                output.head().engine(), List.of(OneRead.Part.of(output.places()), OneRead.Part.of(output.head())));
        float[] places = read.get(0);
        float[] head = read.get(1);
        output.head().release();
        BoxCoding coding = coding();
        HeadReader reader = new HeadReader(coding, classes.count());
        List<ScenePrediction> predictions = new ArrayList<>();
        for (int b = 0; b < points.scenes(); b++) {
            int from = b * config.proposals();
            int to = from + config.proposals();
            SampledPoints item = points.items().get(b);
            float[] centres = Arrays.copyOfRange(places, 3 * from, 3 * to);
            float[] rows = Arrays.copyOfRange(head, from * reader.width(), to * reader.width());
            requireNumbers(item.scene(), centres, rows);
            ProposalScores scores = reader.read(centres, rows);
            BoxSelection.Steps steps = config.boxes()
                    .steps(scores, coding, classes.count(), item.scene().positions());
            lost.take(new SceneObjects(item.scene(), classes).boxes(), centres, steps, config.boxes());
            List<ScoredBox> found = config.boxes().select(steps, scores, classes.count());
            predictions.add(ScenePrediction.boxes(found.stream()
                    .map(box -> new ScoredBox(classes.labelled(box.box()), box.score()))
                    .toList()));
        }
        return predictions;
    }

    /** What is no number is no box either, and would be dropped as if the scene were empty. */
    private static void requireNumbers(Scene scene, float[] centres, float[] head) {
        for (float[] values : List.of(centres, head)) {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new IllegalStateException("scene '" + scene.id() + "': the detector says " + value
                            + " where finite numbers are expected, so that its boxes mean nothing; look whether the"
                            + " loss of its training stayed finite, and take an earlier checkpoint or other weights");
                }
            }
        }
    }

    /** At which step true boxes were lost; says what to do where next to none was found. */
    @Override
    public List<Report.Table> diagnosis() {
        LostBoxes taken = lost;
        lost = new LostBoxes(classes, config.radius());
        taken.advice().ifPresent(warnings);
        return taken.table().stream().toList();
    }

    /** Boxes of neighbouring blocks, or of several views, that overlap are one object. */
    @Override
    public Joining joining() {
        return (Joining.Boxes) found -> config.boxes().suppression().joined(found);
    }

    private void tellGuessedSizes() {
        List<String> guessed = sizes.unseen().stream().map(classes::name).toList();
        if (config.sizes().isEmpty() && !guessed.isEmpty()) {
            warnings.accept("the model has seen no training box of " + String.join(", ", guessed)
                    + ": their typical size is taken to be " + BoxSizes.UNKNOWN + " m, so that their boxes are a guess;"
                    + " for published weights give 'sizes'");
        }
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
