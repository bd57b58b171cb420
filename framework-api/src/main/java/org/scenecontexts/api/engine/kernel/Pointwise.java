package org.scenecontexts.api.engine.kernel;

/**
 * The functions of one number that networks are made of, so that a device brings one kernel for all.
 *
 * <p>All are right to 2e-5 of their value where that is above 1e-35, and most to 1e-6; not-a-number stays.
 *
 * @since 0.2
 */
public enum Pointwise {
    /** {@code e^x}. */
    EXP(true),
    /** Natural logarithm. */
    LOG(false),
    /** Square root. */
    SQRT(true),
    /** {@code x * x}. */
    SQUARE(false),
    /** {@code 1 / x}. */
    RECIPROCAL(true),
    /** {@code |x|}, of slope 0 at 0. */
    ABS(false),
    /** {@code 1 / (1 + e^-x)}. */
    SIGMOID(true),
    /** Hyperbolic tangent. */
    TANH(true),
    /** {@code x * P(x)}, where P is the distribution function of the normal distribution. */
    GELU(false),
    /** {@code x / 2 * (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}: the approximation that some published networks use. */
    GELU_TANH(false),
    /** {@code x / (1 + e^-x)}. */
    SILU(false),
    /** {@code x} above 0, else {@code parameter * x}. */
    LEAKY_RELU(false),
    /** {@code ln(1 + e^x)}. */
    SOFTPLUS(false);

    private final boolean fromOutput;

    Pointwise(boolean fromOutput) {
        this.fromOutput = fromOutput;
    }

    /** Whether the gradient is computed from the function's value rather than from what it was applied to. */
    public boolean gradientFromOutput() {
        return fromOutput;
    }
}
