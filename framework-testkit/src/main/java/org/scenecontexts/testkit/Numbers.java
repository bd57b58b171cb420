package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Test data, and comparison with figures computed the plain way in double precision. */
public final class Numbers {

    private Numbers() {}

    public static float[] normal(int n, long seed) {
        Random random = new Random(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    public static float[] normal(int n, long seed, double mean, double std) {
        float[] x = normal(n, seed);
        for (int i = 0; i < n; i++) {
            x[i] = (float) (mean + std * x[i]);
        }
        return x;
    }

    public static int[] integers(int n, int bound, long seed) {
        return new Random(seed).ints(n, 0, bound).toArray();
    }

    /** Asserts that the leading numbers are those expected, relative to the largest of them. */
    public static void assertClose(float[] found, double[] expected, double tolerance) {
        double size = 1e-30;
        for (double e : expected) {
            size = Math.max(size, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= tolerance * size)) {
                assertThat((double) found[i])
                        .as("number %d of %d, largest %s", i, expected.length, size)
                        .isEqualTo(expected[i]);
            }
        }
    }

    public static double[] doubles(float[] x, int n) {
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = x[i];
        }
        return d;
    }
}
