package org.scenecontexts.api.tensor;

import org.scenecontexts.api.engine.kernel.Pointwise;

/**
 * Operators that treat every number alone.
 *
 * @since 0.2
 */
public sealed interface PointwiseOperators permits Tensor {

    /** {@code e^x}. */
    @Operator(says = "`e^x`", shapes = "... -> ...")
    default Tensor exp() {
        return of(Pointwise.EXP, 0);
    }

    /** Natural logarithm. */
    @Operator(says = "`ln x`", shapes = "... -> ...")
    default Tensor log() {
        return of(Pointwise.LOG, 0);
    }

    /** Square root; its slope at 0 is infinite. */
    @Operator(says = "`sqrt(x)`", shapes = "... -> ...")
    default Tensor sqrt() {
        return of(Pointwise.SQRT, 0);
    }

    /** {@code x * x}. */
    @Operator(says = "`x * x`", shapes = "... -> ...")
    default Tensor square() {
        return of(Pointwise.SQUARE, 0);
    }

    /** {@code 1 / x}. */
    @Operator(says = "`1 / x`", shapes = "... -> ...")
    default Tensor reciprocal() {
        return of(Pointwise.RECIPROCAL, 0);
    }

    /** {@code |x|}, of slope 0 at 0. */
    @Operator(says = "`|x|`, of slope 0 at 0", shapes = "... -> ...")
    default Tensor abs() {
        return of(Pointwise.ABS, 0);
    }

    /** {@code max(x, 0)}. */
    @Operator(says = "`max(x, 0)`", shapes = "... -> ...")
    default Tensor relu() {
        return new Elementwise.Relu().apply(self());
    }

    /** {@code x} above 0, else {@code slope * x}; PyTorch's default slope is 0.01. */
    @Operator(says = "`x` above 0, else `slope * x`", shapes = "... -> ...")
    default Tensor leakyRelu(double slope) {
        return of(Pointwise.LEAKY_RELU, (float) slope);
    }

    /** {@code 1 / (1 + e^-x)}. */
    @Operator(says = "`1 / (1 + e^-x)`", shapes = "... -> ...")
    default Tensor sigmoid() {
        return of(Pointwise.SIGMOID, 0);
    }

    /** Hyperbolic tangent. */
    @Operator(says = "hyperbolic tangent", shapes = "... -> ...")
    default Tensor tanh() {
        return of(Pointwise.TANH, 0);
    }

    /** {@code x * P(x)} with the distribution function P of the normal distribution. */
    @Operator(says = "`x * P(x)`, P the distribution function of the normal distribution", shapes = "... -> ...")
    default Tensor gelu() {
        return of(Pointwise.GELU, 0);
    }

    /** The approximation of {@link #gelu} by a hyperbolic tangent. */
    @Operator(says = "`x / 2 * (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`", shapes = "... -> ...")
    default Tensor geluTanh() {
        return of(Pointwise.GELU_TANH, 0);
    }

    /** {@code x / (1 + e^-x)}. */
    @Operator(says = "`x / (1 + e^-x)`", shapes = "... -> ...")
    default Tensor silu() {
        return of(Pointwise.SILU, 0);
    }

    /** {@code ln(1 + e^x)}. */
    @Operator(says = "`ln(1 + e^x)`", shapes = "... -> ...")
    default Tensor softplus() {
        return of(Pointwise.SOFTPLUS, 0);
    }

    /** Product with a number. */
    @Operator(says = "`factor * x`", shapes = "... -> ...")
    default Tensor scale(double factor) {
        return new Elementwise.Scale((float) factor).apply(self());
    }

    /** Sum with a number. */
    @Operator(says = "`x + amount`", shapes = "... -> ...")
    default Tensor shift(double amount) {
        return new PointwiseOp.Shift((float) amount).apply(self());
    }

    /**
     * Zero with the given probability, else {@code x / (1 - probability)}. Which elements are dropped is a function of the
     * training's seed and iteration, of the place of this operator among those of the iteration, and of the element: see
     * {@link org.scenecontexts.api.engine.Draws}. Networks use {@link org.scenecontexts.api.nn.Dropout}, which does nothing
     * outside training.
     *
     * @param probability 0 to 1
     */
    @Operator(says = "0 with probability `p`, else `x / (1 - p)`", shapes = "... -> ...")
    default Tensor dropout(double probability) {
        return new DropoutOp(probability).apply(self());
    }

    private Tensor of(Pointwise function, float parameter) {
        return new PointwiseOp(function, parameter).apply(self());
    }

    private Tensor self() {
        return (Tensor) this;
    }
}
