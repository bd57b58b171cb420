package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;

/**
 * Functions that treat every number alone, beside the sums and products of dense arithmetic.
 *
 * @since 0.2
 */
public interface PointwiseKernels {

    /**
     * {@code out = f(x)}; {@code out} may be {@code x}.
     *
     * @param parameter of functions that have one, such as the slope of {@link Pointwise#LEAKY_RELU}
     */
    void apply(Pointwise function, int n, float parameter, Buffer x, @Written Buffer out);

    /**
     * {@code gradIn = f'(x) * gradOut}.
     *
     * @param known the function's value where {@link Pointwise#gradientFromOutput}, else {@code x}
     * @param gradIn may be {@code gradOut} or {@code known}
     */
    void gradient(Pointwise function, int n, float parameter, Buffer known, Buffer gradOut, @Written Buffer gradIn);

    /** {@code out = x + amount}; {@code out} may be {@code x}. */
    void shift(int n, float amount, Buffer x, @Written Buffer out);

    /** {@code out = x / y}; {@code out} may be either. */
    void divide(int n, Buffer x, Buffer y, @Written Buffer out);

    /** {@code gradY = -gradOut * quotient / y}: the gradient of a divisor; {@code gradY} may be {@code gradOut}. */
    void divisorGradient(int n, Buffer gradOut, Buffer quotient, Buffer y, @Written Buffer gradY);
}
