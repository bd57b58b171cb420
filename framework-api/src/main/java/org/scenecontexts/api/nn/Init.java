package org.scenecontexts.api.nn;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * First values of parameters.
 *
 * @since 0.1
 */
public final class Init {

    private Init() {}

    /** Uniform in {@code [-bound, bound)}. */
    public static Tensor uniform(TensorEngine engine, RandomGenerator random, double bound, int... shape) {
        float[] values = blank(shape);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return engine.wrap(values, shape);
    }

    /** Normal with mean 0. */
    public static Tensor normal(TensorEngine engine, RandomGenerator random, double std, int... shape) {
        float[] values = blank(shape);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * std);
        }
        return engine.wrap(values, shape);
    }

    /** Kaiming normal for ReLU networks: std = sqrt(2 / fanIn) (REFERENCE 2.2). */
    public static Tensor kaimingNormal(TensorEngine engine, RandomGenerator random, int fanIn, int... shape) {
        return normal(engine, random, Math.sqrt(2.0 / fanIn), shape);
    }

    /** The same value everywhere. */
    public static Tensor constant(TensorEngine engine, double value, int... shape) {
        float[] values = blank(shape);
        java.util.Arrays.fill(values, (float) value);
        return engine.wrap(values, shape);
    }

    private static float[] blank(int[] shape) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        return new float[size];
    }
}
