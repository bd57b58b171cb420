package org.scenecontexts.api.nn;

import java.util.Optional;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Batch norm over all rows, optionally with what often follows it (adding a residual, ReLU) in the same pass.
 *
 * <p>Normalises with the biased batch variance and tracks the unbiased one, as PyTorch does (REFERENCE 1.4). State names:
 * {@code weight, bias, running_mean, running_var, num_batches_tracked}.
 *
 * <p>Running statistics are free of their starting value from the first update on; {@link RunningStatistics#PUBLISHED}
 * makes them begin as PyTorch's do.
 *
 * @since 0.1
 */
@Operator(
        says = "`(x - mean) / sqrt(variance + eps) * gamma + beta` with the moments of each column of the batch, in"
                + " use with running ones",
        shapes = "[N, C] -> [N, C]")
public final class BatchNorm extends Layer {

    /** Added to the variance unless told otherwise. */
    public static final double EPSILON = 1e-5;

    private final TensorEngine engine;
    private final int channels;
    private final Parameter weight;
    private final Parameter bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final Counter batches;
    private Momentum momentum;
    private double startShare = 1;

    public BatchNorm(TensorEngine engine, int channels, Momentum momentum) {
        this.engine = engine;
        this.channels = channels;
        this.momentum = momentum;
        weight = parameter("weight", Init.constant(engine, 1, channels));
        bias = parameter("bias", Init.constant(engine, 0, channels));
        runningMean = buffer("running_mean", Init.constant(engine, 0, channels));
        runningVariance = buffer("running_var", Init.constant(engine, 1, channels));
        batches = counter("num_batches_tracked");
    }

    /** Changes how fast running statistics follow; detection does so every few epochs (REFERENCE 8.7). */
    public void momentum(Momentum newMomentum) {
        momentum = newMomentum;
    }

    /**
     * What the starting value would weigh in running statistics if it were not divided out: the product of
     * {@code 1 - momentum} over the updates, 1 before the first; 0 where nothing is divided out.
     */
    public double startShare() {
        return startShare;
    }

    /**
     * Says what is to be divided out: 1 to begin anew with the next batch, 0 to go on from the statistics as they are, or
     * what an earlier {@link #startShare()} gave.
     *
     * @throws IllegalArgumentException outside 0 to 1
     */
    public void startShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of a starting value must be between 0 and 1, found " + share);
        }
        startShare = share;
    }

    @Override
    public Tensor apply(Tensor x) {
        return apply(x, Optional.empty(), false);
    }

    /** {@code relu(norm(x))} in one pass. */
    public Tensor applyRelu(Tensor x) {
        return apply(x, Optional.empty(), true);
    }

    /**
     * {@code relu?(norm(x) + residual?)} in one pass.
     *
     * @param x {@code [M, C]}
     * @param residual {@code [M, C]}
     * @throws TooFewRowsException when training on a single row, whose variance is undefined
     * @throws IllegalArgumentException when shapes differ
     */
    public Tensor apply(Tensor x, Optional<Tensor> residual, boolean relu) {
        if (x.columns() != channels) {
            throw new IllegalArgumentException("batch norm over " + channels + " channels was given " + x);
        }
        if (!training()) {
            return new NormalizeOp(weight.tensor(), runningMean, runningVariance, bias.tensor(), relu)
                    .apply(residual.map(r -> new Tensor[] {x, r}).orElseGet(() -> new Tensor[] {x}));
        }
        if (x.rows() < 2) {
            throw new TooFewRowsException("batch norm needs at least 2 rows to train on, found " + x.rows()
                    + "; use a larger batch or a finer voxel size");
        }
        BatchNormOp op = new BatchNormOp(relu, this::track);
        return residual.map(r -> op.apply(x, weight.tensor(), bias.tensor(), r))
                .orElseGet(() -> op.apply(x, weight.tensor(), bias.tensor()));
    }

    private BatchNormOp.Running track() {
        if (repeating()) {
            return BatchNormOp.Running.NONE;
        }
        double weight = nextWeight();
        batches.increment();
        return new BatchNormOp.Running(weight, runningMean.buffer(), runningVariance.buffer());
    }

    /**
     * The weight with which the newest batch enters. Statistics are kept as means over the batches so far, in which the
     * starting value has no part; they stay so when the newest batch, of weight w, takes its share of all weight there is
     * by then. Nothing is subtracted that way, which would cost small variances their digits.
     */
    private double nextWeight() {
        double w = momentum.batchWeight();
        startShare *= 1 - w;
        return w == 0 ? 0 : Math.min(1, w / (1 - startShare));
    }

    /** The engine whose tensors this layer takes. */
    public TensorEngine engine() {
        return engine;
    }
}
