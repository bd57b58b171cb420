package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Written;

/**
 * Losses beside the cross-entropy of dense arithmetic.
 *
 * @since 0.2
 */
public interface LossKernels {

    /** A loss of one number and its target. */
    enum Pair {
        /** {@code d^2 / (2 parameter)} where {@code |d| < parameter}, else {@code |d| - parameter / 2}; {@code d = x - t}. */
        SMOOTH_L1,
        /** {@code max(x, 0) - x t + ln(1 + e^-|x|)}: binary cross-entropy of the sigmoid of x. */
        BINARY_CROSS_ENTROPY,
        /**
         * Binary cross-entropy times {@code (p + t - 2 p t)^parameter}, where p is the sigmoid of x, and times alpha for
         * targets of 1, 1 - alpha for targets of 0, and between for those between (Lin et al., Focal Loss for Dense Object
         * Detection, 2017).
         */
        BINARY_FOCAL
    }

    /**
     * {@code out = loss(x, target)}, number by number.
     *
     * @param alpha weight of targets of 1 in {@link Pair#BINARY_FOCAL}; negative for no weights
     * @param out may be {@code x} or {@code target}
     */
    void pair(Pair loss, int n, float parameter, float alpha, Buffer x, Buffer target, @Written Buffer out);

    /**
     * Gradient of {@link #pair} for {@code x}; targets have none.
     *
     * @param gradIn may be {@code gradOut}, {@code x} or {@code target}
     */
    void pairGradient(
            Pair loss,
            int n,
            float parameter,
            float alpha,
            Buffer x,
            Buffer target,
            Buffer gradOut,
            @Written Buffer gradIn);

    /**
     * Focal cross-entropy of class scores, averaged over rows, with the gradient of its sum: {@code -w (1 - p)^gamma ln p},
     * where p is the softmax share of the label and w the weight of its class.
     *
     * @param labels class of each row; rows whose label is negative are left out
     * @param weights weight per class, or {@link Buffer#NONE} for 1
     * @param gradient {@code d(sum)/d(logits)}; zero rows where left out
     * @param loss {@code [1]}: sum of the losses over {@code divisor}; 0 where no row counts
     * @param divisor {@code [2]}, as in {@link org.scenecontexts.api.engine.DenseKernels#crossEntropy}, whose backward
     *     pass ends this one too
     */
    void focal(
            int rows,
            int columns,
            double gamma,
            Buffer logits,
            Indices labels,
            Buffer weights,
            @Written Buffer gradient,
            @Written Buffer loss,
            @Written Buffer divisor);

    /**
     * Lovasz-softmax: the mean over the classes among the labels of the Lovasz extension of the Jaccard loss (Berman et al.,
     * The Lovasz-Softmax loss, 2018), with its gradient. Errors of one size are taken in the order of their rows.
     *
     * @param shares class shares of each row, such as those of a softmax, {@code [rows, columns]}
     * @param labels class of each row; rows whose label is negative are left out
     * @param gradient {@code d(loss)/d(shares)}; zero rows where left out
     * @param loss {@code [1]}; 0 where no row counts
     */
    void lovasz(int rows, int columns, Buffer shares, Indices labels, @Written Buffer gradient, @Written Buffer loss);
}
