package org.scenecontexts.pointgroup;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The two heads of instance segmentation on the features of any backbone: class scores, and for each row the way to the
 * centre of its object. Names are those of the published checkpoints (REFERENCE 1.6). Beside them the score network, where one
 * is wanted.
 */
final class InstanceHead extends Module {

    private static final double PUBLISHED_MOMENTUM = 0.02;

    private final PointwiseConvolution scores;
    private final PointwiseConvolution before;
    private final BatchNorm norm;
    private final PointwiseConvolution offsets;
    private final Optional<ScoreNet> scoreNet;

    InstanceHead(TaskContext context, InstanceSegmentationFactory.Config config) {
        TensorEngine engine = context.engine();
        RandomGenerator random = context.random();
        int width = context.featureChannels();
        int classes = context.classes().count();
        scores = child("final", new PointwiseConvolution(engine, random, width, classes, true));
        before = child("offsets_pre", new PointwiseConvolution(engine, random, width, width, true));
        norm = child("bntr_offset.bn", new BatchNorm(engine, width, Momentum.ofBatch(PUBLISHED_MOMENTUM)));
        offsets = child("offsets", new PointwiseConvolution(engine, random, width, 3, true));
        scoreNet = config.scoreNet().map(choice -> child("", new ScoreNet(context, choice, config.scoreGrid())));
    }

    /** What scores proposals; nothing where they are as sure as their classes. */
    Optional<ScoreNet> scoreNet() {
        return scoreNet;
    }

    /** Raw class scores, {@code [M, K]}. */
    Tensor scores(Tensor features) {
        return scores.apply(features);
    }

    /** Offsets in metres, {@code [M, 3]}. */
    Tensor offsets(Tensor features) {
        Tensor hidden = before.apply(features);
        Tensor normed = norm.applyRelu(hidden);
        hidden.release();
        Tensor result = offsets.apply(normed);
        normed.release();
        return result;
    }
}
