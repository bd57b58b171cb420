package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Compares gradients by autograd with differences of the function itself.
 *
 * @since 0.2
 */
public final class GradientCheck {

    private static final double STEP = 1e-2;

    private final TensorEngine engine;

    public GradientCheck(TensorEngine engine) {
        this.engine = engine;
    }

    /** A leaf of random values. */
    public Tensor leaf(long seed, int... shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return engine.wrap(Numbers.normal(size, seed), shape).requireGrad();
    }

    /** A leaf of given values. */
    public Tensor leaf(float[] values, int... shape) {
        return engine.wrap(values, shape).requireGrad();
    }

    /** A leaf of given values. */
    public static Tensor leaf(TensorEngine engine, float[] values, int... shape) {
        return engine.wrap(values, shape).requireGrad();
    }

    /** As {@link #check(Function, Tensor...)}, for a function that holds its leaves itself. */
    public static void check(Supplier<Tensor> function, List<Tensor> leaves) {
        new GradientCheck(leaves.getFirst().engine()).check(all -> function.get(), leaves.toArray(Tensor[]::new));
    }

    /**
     * Checks the gradient of every number of every leaf. The function's result is weighted with fixed random numbers, so
     * that every output counts.
     *
     * @param function gives the same result every time for the same leaves; smooth around their values
     */
    public void check(Function<List<Tensor>, Tensor> function, Tensor... leaves) {
        List<Tensor> list = List.of(leaves);
        for (Tensor leaf : leaves) {
            leaf.clearGrad();
        }
        Tensor output = function.apply(list);
        float[] weights = Numbers.normal(output.size(), 99);
        Tensor seed = engine.allocate(output.shape());
        seed.set(weights);
        output.backward(seed);
        for (int l = 0; l < leaves.length; l++) {
            float[] gradient = leaves[l].grad().orElseThrow().toArray();
            for (int i = 0; i < leaves[l].size(); i++) {
                double expected = difference(function, list, leaves[l], i, weights);
                assertThat((double) gradient[i])
                        .as("gradient of leaf %d at %d", l, i)
                        .isCloseTo(expected, within(2e-3 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private double difference(
            Function<List<Tensor>, Tensor> function, List<Tensor> leaves, Tensor leaf, int i, float[] weights) {
        float kept = leaf.toArray()[i];
        // Fourth-order central difference: the step can be large enough for float arithmetic.
        double[] at = new double[4];
        double[] steps = {-2 * STEP, -STEP, STEP, 2 * STEP};
        for (int s = 0; s < 4; s++) {
            float moved = (float) (kept + steps[s]);
            leaf.edit(values -> values[i] = moved);
            at[s] = value(function, leaves, weights);
        }
        leaf.edit(values -> values[i] = kept);
        return (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * STEP);
    }

    private double value(Function<List<Tensor>, Tensor> function, List<Tensor> leaves, float[] weights) {
        Tensor output = function.apply(leaves);
        float[] values = output.toArray();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (double) weights[i] * values[i];
        }
        return sum;
    }
}
