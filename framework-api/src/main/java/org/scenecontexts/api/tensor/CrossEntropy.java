package org.scenecontexts.api.tensor;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Softmax cross-entropy against class labels, averaged over the labelled rows (REFERENCE 6.1).
 *
 * @since 0.1
 */
public final class CrossEntropy extends DifferentiableOp {

    private final int[] labels;
    private final float smoothing;
    private final float[] weights;
    private Tensor gradient;
    private double divisor;

    /**
     * @param labels class of each row; negative labels are left out
     * @param smoothing label smoothing, 0 (none) to 1
     * @param weights weight of each class, or empty for equal weights; the mean is then the weighted one
     */
    public CrossEntropy(int[] labels, double smoothing, float[] weights) {
        this.labels = labels;
        this.smoothing = (float) smoothing;
        this.weights = weights;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor logits = inputs.getFirst();
        if (labels.length != logits.rows()) {
            throw new IllegalArgumentException(
                    "one label per row of " + logits + " expected, found " + labels.length + " labels");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= logits.columns()) {
                throw new IllegalArgumentException("label " + labels[i] + " in row " + i + " is outside the "
                        + logits.columns() + " classes of the network");
            }
        }
        gradient = engine.allocate(logits.shape());
        double[] sums = engine.dense()
                .crossEntropy(
                        logits.rows(), logits.columns(), logits.data(), labels, smoothing, weights, gradient.data());
        // A batch without a single label has nothing to learn from: loss 0, gradient 0.
        divisor = sums[1] == 0 ? 1 : sums[1];
        if (!keeping()) {
            gradient.release();
        }
        Tensor loss = engine.allocate(1);
        loss.data()[0] = (float) (sums[0] / divisor);
        return loss;
    }

    @Override
    protected void backward(Tensor outputGradient, Gradients inputs) {
        float factor = (float) (outputGradient.data()[0] / divisor);
        outputGradient.engine().dense().scale(gradient.size(), factor, gradient.data(), gradient.data());
        inputs.add(0, gradient);
    }
}
