package org.scenecontexts.testkit.conformance;

import java.util.Random;

/**
 * An input of an operator: its shape, and what numbers it may have where the operator is smooth.
 *
 * @param differentiable whether a gradient is asked for
 */
record Input(int[] shape, Numbers numbers, boolean differentiable) {

    /** Kinds of numbers. */
    enum Numbers {
        NORMAL,
        POSITIVE,
        /** At least 0.2 from zero. */
        OFF_ZERO,
        /** At least 0.05 from one another. */
        DISTINCT,
        /** From 0 to 1. */
        SHARES,
        /** Multiples of 0.2. */
        STEPS
    }

    static Input normal(int... shape) {
        return new Input(shape, Numbers.NORMAL, true);
    }

    static Input of(Numbers numbers, int... shape) {
        return new Input(shape, numbers, true);
    }

    Input constant() {
        return new Input(shape, numbers, false);
    }

    int size() {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return size;
    }

    float[] draw(long seed) {
        Random random = new Random(seed);
        float[] x = new float[size()];
        for (int i = 0; i < x.length; i++) {
            double normal = random.nextGaussian();
            x[i] = (float)
                    switch (numbers) {
                        case NORMAL -> normal;
                        case POSITIVE -> 0.3 + Math.abs(normal);
                        case OFF_ZERO -> Math.copySign(0.2 + Math.abs(normal), normal);
                        case DISTINCT -> 0.1 * i;
                        case SHARES -> random.nextDouble();
                        case STEPS -> 0.2 * Math.rint(3 * normal);
                    };
        }
        if (numbers == Numbers.DISTINCT) {
            for (int i = x.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                float kept = x[i];
                x[i] = x[other];
                x[other] = kept;
            }
        }
        return x;
    }
}
