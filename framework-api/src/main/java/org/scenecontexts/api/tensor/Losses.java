package org.scenecontexts.api.tensor;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.LossKernels;

/**
 * Losses beside {@link CrossEntropy}, on the engine.
 *
 * <p>Those of pairs give one number for each number, so that they can be weighted or masked before their {@code mean()} is
 * taken; their targets have no gradient. Those of class scores give a scalar, which is 0, with a gradient of 0, where no row
 * is labelled.
 *
 * @since 0.2
 */
public final class Losses {

    private Losses() {}

    /**
     * The smooth L1 loss of every number.
     *
     * @param beta where the square ends and the line begins, above 0; PyTorch's default is 1
     */
    @Operator(
            says = "`d^2 / (2 beta)` where `|d| < beta`, else `|d| - beta / 2`; `d = x - target`",
            shapes = "..., ... -> ...")
    public static Tensor smoothL1(Tensor x, Tensor target, double beta) {
        if (!(beta > 0)) {
            throw new IllegalArgumentException("beta of the smooth L1 loss has to be above 0, found " + beta);
        }
        return new LossOps.OfPairs(LossKernels.Pair.SMOOTH_L1, (float) beta, -1).apply(x, target);
    }

    /** Binary cross-entropy of every number, of the sigmoid of scores. */
    @Operator(
            says = "binary cross-entropy of `sigmoid(x)`: `max(x, 0) - x target + ln(1 + e^-|x|)`",
            shapes = "..., ... -> ...")
    public static Tensor binaryCrossEntropyWithLogits(Tensor x, Tensor target) {
        return new LossOps.OfPairs(LossKernels.Pair.BINARY_CROSS_ENTROPY, 0, -1).apply(x, target);
    }

    /**
     * Binary focal loss of every number, of the sigmoid of scores (Lin et al. 2017).
     *
     * @param alpha weight of targets of 1, and 1 - alpha of targets of 0; negative for no weights. Published: 0.25
     * @param gamma 0 or more; published: 2
     */
    @Operator(
            says = "binary cross-entropy of `p = sigmoid(x)` times `(1 - p)^gamma alpha` for targets of 1, `p^gamma"
                    + " (1 - alpha)` for 0",
            shapes = "..., ... -> ...")
    public static Tensor sigmoidFocal(Tensor x, Tensor target, double alpha, double gamma) {
        if (!(gamma >= 0)) {
            throw new IllegalArgumentException("gamma of the focal loss has to be 0 or more, found " + gamma);
        }
        return new LossOps.OfPairs(LossKernels.Pair.BINARY_FOCAL, (float) gamma, (float) alpha).apply(x, target);
    }

    /**
     * Focal cross-entropy of class scores, the mean over the labelled rows.
     *
     * @param labels class of each row; negative labels are left out
     * @param gamma 0 or more; 0 is the cross-entropy
     * @param weights weight of each class, or {@link Buffer#NONE} for equal weights; the mean is then the weighted one
     */
    @Operator(
            says = "mean of `-w (1 - p)^gamma ln p` over labelled rows, p the softmax share of the label",
            shapes = "[N, K], N labels -> [1]")
    public static Tensor focal(Tensor scores, Indices labels, double gamma, Buffer weights) {
        if (!(gamma >= 0)) {
            throw new IllegalArgumentException("gamma of the focal loss has to be 0 or more, found " + gamma);
        }
        return new LossOps.Focal(labels, gamma, weights).apply(scores);
    }

    /**
     * The mean, over the classes among the labels, of the Lovasz extension of the Jaccard loss, of the softmax of class
     * scores (Berman et al. 2018).
     *
     * @param labels class of each row; negative labels are left out
     */
    @Operator(
            says = "Lovasz extension of the Jaccard loss of `softmax(x)`, the mean over the classes among the labels",
            shapes = "[N, K], N labels -> [1]")
    public static Tensor lovaszSoftmax(Tensor scores, Indices labels) {
        Tensor shares = scores.softmax(1);
        Tensor loss = new LossOps.Lovasz(labels).apply(shares);
        shares.release();
        return loss;
    }
}
