package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;

import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.io.array.NpArray;

/** Compares arrays by their relative error: {@code |found - expected| / |expected|}, Euclidean norms. */
public final class Errors {

    private Errors() {}

    public static void expect(String what, Tensor found, NpArray expected, double limit) {
        expect(what, found.toArray(), expected, limit);
    }

    public static void expect(String what, float[] found, NpArray expected, double limit) {
        double error = relative(found, expected.doubles());
        report(what, error);
        assertThat(error).as("relative error of " + what).isLessThan(limit);
    }

    /** Prints an error where {@code -Dcsc.errors=true} asks for it. */
    static void report(String what, double error) {
        if (Boolean.getBoolean("csc.errors")) {
            System.out.printf("%-40s %.2e%n", what, error);
        }
    }

    private static double relative(float[] found, double[] expected) {
        assertThat(found).hasSize(expected.length);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(difference / Math.max(norm, 1e-300));
    }
}
