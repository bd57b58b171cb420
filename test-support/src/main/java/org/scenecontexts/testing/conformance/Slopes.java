package org.scenecontexts.testing.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/** Compares gradients by autograd with differences of the function itself. */
final class Slopes {

    private static final double STEP = 1e-2;

    /**
     * A result of size S and n terms in float32 is off by about n S 2^-24, its fourth-order difference by 18 of them over 12
     * steps: for the functions here (S about 1, n below 100) under 1e-3 of the largest.
     */
    private static final double TOLERANCE = 2e-3;

    private Slopes() {}

    static Tensor leaf(TensorEngine engine, float[] values, int... shape) {
        return engine.wrap(values, shape).requireGrad();
    }

    /**
     * Checks the gradient of every number of every leaf; the result is weighted with fixed random numbers, so that every
     * output counts.
     *
     * @param function gives the same for the same leaves and is smooth around their values
     */
    static void check(Supplier<Tensor> function, List<Tensor> leaves) {
        Tensor output = function.get();
        float[] weights = normal(output.size(), 99);
        Tensor seed = output.engine().allocate(output.shape());
        seed.set(weights);
        output.backward(seed);
        for (int l = 0; l < leaves.size(); l++) {
            float[] gradient = leaves.get(l).grad().orElseThrow().toArray();
            for (int i = 0; i < gradient.length; i++) {
                double expected = slope(function, leaves.get(l), i, weights);
                assertThat((double) gradient[i])
                        .as("gradient of leaf %d at %d", l, i)
                        .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private static double slope(Supplier<Tensor> function, Tensor leaf, int i, float[] weights) {
        float kept = leaf.toArray()[i];
        double[] steps = {-2 * STEP, -STEP, STEP, 2 * STEP};
        double[] at = new double[4];
        for (int s = 0; s < 4; s++) {
            float moved = (float) (kept + steps[s]);
            leaf.edit(values -> values[i] = moved);
            float[] output = function.get().toArray();
            for (int j = 0; j < output.length; j++) {
                at[s] += (double) output[j] * weights[j];
            }
        }
        leaf.edit(values -> values[i] = kept);
        return (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * STEP);
    }

    static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
