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
        Tensor tensor = blank(engine, shape);
        float[] data = tensor.data();
        for (int i = 0; i < tensor.size(); i++) {
            data[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return tensor;
    }

    /** Normal with mean 0. */
    public static Tensor normal(TensorEngine engine, RandomGenerator random, double std, int... shape) {
        Tensor tensor = blank(engine, shape);
        float[] data = tensor.data();
        for (int i = 0; i < tensor.size(); i++) {
            data[i] = (float) (random.nextGaussian() * std);
        }
        return tensor;
    }

    /** Kaiming normal for ReLU networks: std = sqrt(2 / fanIn) (REFERENCE 2.2). */
    public static Tensor kaimingNormal(TensorEngine engine, RandomGenerator random, int fanIn, int... shape) {
        return normal(engine, random, Math.sqrt(2.0 / fanIn), shape);
    }

    /** The same value everywhere. */
    public static Tensor constant(TensorEngine engine, double value, int... shape) {
        Tensor tensor = blank(engine, shape);
        java.util.Arrays.fill(tensor.data(), (float) value);
        return tensor;
    }

    private static Tensor blank(TensorEngine engine, int[] shape) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }
        return engine.wrap(new float[size], shape);
    }
}
