package org.scenecontexts.contrastive.pair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Pre-training on pairs of views: a small projection on the backbone, matches between the views, a contrastive loss
 * (REFERENCE 4).
 */
final class ContrastiveTask implements Task {

    private static final double SPACING_TO_RADIUS = 1.5;

    private final Head head;
    private final ContrastiveLoss loss;
    private final boolean normalize;
    private final Optional<Double> matchRadius;

    ContrastiveTask(Head head, ContrastiveLoss loss, boolean normalize, Optional<Double> matchRadius) {
        this.head = head;
        this.loss = loss;
        this.normalize = normalize;
        this.matchRadius = matchRadius;
    }

    /** The projection to the contrasted features, named as in the published checkpoints. */
    static final class Head extends Module {

        private final Optional<PointwiseConvolution> projection;

        Head(Optional<PointwiseConvolution> projection) {
            this.projection = projection.map(p -> child("final", p));
        }

        Tensor apply(Tensor features) {
            return projection.map(p -> p.apply(features)).orElse(features);
        }
    }

    @Override
    public Module module() {
        return head;
    }

    @Override
    public Sample prepare(Example example, PointPipeline pipeline, RandomGenerator random) {
        if (example.views().size() != 2) {
            throw new IllegalArgumentException("contrastive pre-training needs two views of every place; example '"
                    + example.id() + "' has " + example.views().size()
                    + ". Use a data set of pairs, e.g. synthetic-pairs or scannet-pairs");
        }
        List<SampledPoints> views = example.views().stream()
                .map(view -> pipeline.sample(view, random))
                .toList();
        double radius = matchRadius.orElseGet(() -> SPACING_TO_RADIUS * spacing(views.getFirst()));
        RadiusMatches.Matches matches =
                RadiusMatches.find(worldPositions(example, views, 0), worldPositions(example, views, 1), radius);
        return new PairSample(example, views, matches, random.nextLong());
    }

    private static double spacing(SampledPoints points) {
        return points.hasGrid() ? points.spacing() : ContrastiveTaskFactory.PUBLISHED_VOXEL;
    }

    /** Where the sampled points were before any augmentation: both views share that frame. */
    private static float[] worldPositions(Example example, List<SampledPoints> views, int view) {
        float[] original = example.views().get(view).positions();
        int[] source = views.get(view).source();
        float[] positions = new float[3 * source.length];
        for (int i = 0; i < source.length; i++) {
            System.arraycopy(original, 3 * source[i], positions, 3 * i, 3);
        }
        return positions;
    }

    @Override
    public LossResult loss(Backbone backbone, Batch batch) {
        Tensor features0 = embed(backbone, batch.views().get(0));
        Tensor features1 = embed(backbone, batch.views().get(1));
        MatchedViews views = matched(batch, features0, features1);
        long seed = 0;
        for (Sample sample : batch.samples()) {
            seed = 31 * seed + ((PairSample) sample).seed();
        }
        SplittableRandom random = new SplittableRandom(seed);
        LossResult result = loss.apply(views, random);
        Map<String, Tensor> figures = new LinkedHashMap<>(result.figures());
        figures.put("hit-rate", MatchRecall.of(views, batch, random));
        return new LossResult(result.total(), figures, result.weight());
    }

    @Override
    public Optional<MatchedViews> matchedViews(Backbone backbone, Batch batch) {
        return Optional.of(matched(
                batch,
                embed(backbone, batch.views().get(0)),
                embed(backbone, batch.views().get(1))));
    }

    /** Contrasted features of every row, {@code [M, C]}. */
    Tensor embed(Backbone backbone, PointBatch points) {
        Tensor projected = head.apply(backbone.features(points));
        return normalize ? projected.normalizeRows() : projected;
    }

    private static MatchedViews matched(Batch batch, Tensor features0, Tensor features1) {
        int[] offsets0 = batch.views().get(0).offsets();
        int[] offsets1 = batch.views().get(1).offsets();
        int total = batch.samples().stream()
                .mapToInt(s -> ((PairSample) s).matches().size())
                .sum();
        int[] first = new int[total];
        int[] second = new int[total];
        List<float[]> positions = new ArrayList<>();
        int at = 0;
        for (int b = 0; b < batch.samples().size(); b++) {
            PairSample sample = (PairSample) batch.samples().get(b);
            for (int i = 0; i < sample.matches().size(); i++, at++) {
                first[at] = offsets0[b] + sample.matches().first()[i];
                second[at] = offsets1[b] + sample.matches().second()[i];
            }
            positions.add(worldPositions(sample.example(), sample.views(), 0));
        }
        return new MatchedViews(features0, features1, joined(positions), offsets0, first, second);
    }

    static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Override
    public List<ScenePrediction> predict(Backbone backbone, Batch batch) {
        throw new UnsupportedOperationException(
                "contrastive pre-training makes no predictions; fine-tune a task from its"
                        + " checkpoint with 'init: ${<this stage>}'");
    }
}
