package org.scenecontexts.api.tensor;

import java.util.List;
import java.util.function.Function;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Softmax cross-entropy against class labels, averaged over the labelled rows (REFERENCE 6.1). A batch without a single
 * label has nothing to learn from: loss 0, gradient 0.
 *
 * @since 0.1
 */
@Operator(
        says = "mean of `-w ln p` over labelled rows, p the softmax share of the label, with label smoothing",
        shapes = "[N, K], N labels -> [1]")
public final class CrossEntropy extends DifferentiableOp {

    private final Function<Tensor, Indices> labelsOf;
    private final float smoothing;
    private final Function<TensorEngine, Buffer> weightsOn;
    private Tensor gradient;
    private Tensor divisor;

    /**
     * @param labels class of each row; negative labels are left out
     * @param smoothing label smoothing, 0 (none) to 1
     * @param weights weight of each class, or {@link Buffer#NONE} for equal weights; the mean is then the weighted one
     */
    public CrossEntropy(Indices labels, double smoothing, Buffer weights) {
        this(logits -> labels, smoothing, engine -> weights);
    }

    /**
     * The same with labels and weights from the host, which are brought to the engine for this one application; a training
     * keeps its labels with the batch instead.
     *
     * @param labels class of each row; negative labels are left out
     * @param weights weight of each class, or empty for equal weights
     */
    public CrossEntropy(int[] labels, double smoothing, float[] weights) {
        this(
                logits -> logits.engine().labels(labels, logits.columns()),
                smoothing,
                engine -> weights.length == 0 ? Buffer.NONE : engine.bufferOf(weights));
    }

    private CrossEntropy(
            Function<Tensor, Indices> labelsOf, double smoothing, Function<TensorEngine, Buffer> weightsOn) {
        this.labelsOf = labelsOf;
        this.smoothing = (float) smoothing;
        this.weightsOn = weightsOn;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor logits = inputs.getFirst();
        Indices labels = labelsOf.apply(logits);
        if (labels.length() != logits.rows()) {
            throw new IllegalArgumentException(
                    "one label per row of " + logits + " expected, found " + labels.length() + " labels");
        }
        if (labels.range() > logits.columns()) {
            throw new IllegalArgumentException("labels up to " + (labels.range() - 1) + " are outside the "
                    + logits.columns() + " classes of the network");
        }
        gradient = engine.allocate(logits.shape());
        divisor = engine.allocate(2);
        Tensor loss = engine.allocate(1);
        engine.dense()
                .crossEntropy(
                        logits.rows(),
                        logits.columns(),
                        logits.buffer(),
                        labels,
                        smoothing,
                        weightsOn.apply(engine),
                        gradient.buffer(),
                        loss.buffer(),
                        divisor.buffer());
        if (!keeping()) {
            gradient.release();
            divisor.release();
        }
        return loss;
    }

    @Override
    protected void backward(Tensor outputGradient, Gradients inputs) {
        outputGradient
                .engine()
                .dense()
                .crossEntropyBackward(gradient.size(), outputGradient.buffer(), divisor.buffer(), gradient.buffer());
        divisor.release();
        inputs.add(0, gradient);
    }
}
