package org.scenecontexts.engine.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scenecontexts.api.engine.HeapBuffer.of;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.WorkerPool;

/** What every implementation has to hold; each is a subclass. */
abstract class GemmTest {

    abstract Gemm gemm();

    static Stream<Arguments> cases() {
        int[][] shapes = {
            {1, 1, 1},
            {13, 13, 13},
            {6, 16, 1},
            {207, 32, 32},
            {702, 20, 96},
            {207, 3, 207},
            {4098, 13, 7},
            {100, 200, 300},
            {97, 207, 513},
            {13, 702, 13},
            {5, 24, 4098},
            {32, 40, 9000},
            {33, 3, 20_000},
            {3, 3, 5000},
            {1, 8, 256},
            {8, 8, 8}
        };
        return Arrays.stream(shapes)
                .flatMap(s -> Stream.of(false, true)
                        .flatMap(ta -> Stream.of(false, true).map(tb -> Arguments.of(s[0], s[1], s[2], ta, tb))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void productEqualsTheSumsOfProducts(int m, int n, int k, boolean ta, boolean tb) {
        float[] a = random(m * k, 1);
        float[] b = random(k * n, 2);
        float[] c = new float[m * n];
        Arrays.fill(c, Float.NaN);
        gemm().multiply(Parallel.sequential(), ta, tb, m, n, k, of(a), of(b), of(c), false);
        assertClose(c, naive(m, n, k, ta, tb, a, b, new float[m * n]));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void accumulatingAddsToWhatWasThere(int m, int n, int k, boolean ta, boolean tb) {
        float[] a = random(m * k, 1);
        float[] b = random(k * n, 2);
        float[] c = random(m * n, 3);
        double[] expected = naive(m, n, k, ta, tb, a, b, c);
        gemm().multiply(Parallel.sequential(), ta, tb, m, n, k, of(a), of(b), of(c), true);
        assertClose(c, expected);
    }

    @ParameterizedTest
    @CsvSource({"4098,96,64,false,false", "64,96,9000,true,false", "97,207,513,true,true", "700,33,65,false,true"})
    void resultIsBitIdenticalForEveryNumberOfThreads(int m, int n, int k, boolean ta, boolean tb) {
        float[] a = random(m * k, 1);
        float[] b = random(k * n, 2);
        float[] one = new float[m * n];
        gemm().multiply(Parallel.sequential(), ta, tb, m, n, k, of(a), of(b), of(one), false);
        for (int threads = 2; threads <= 3; threads++) {
            try (WorkerPool pool = new WorkerPool(threads)) {
                float[] many = new float[m * n];
                gemm().multiply(pool, ta, tb, m, n, k, of(a), of(b), of(many), false);
                assertThat(Arrays.mismatch(many, one)).isEqualTo(-1);
            }
        }
    }

    @Test
    void emptySumsGiveZerosAndEmptyResultsNothing() {
        float[] c = {7, 7, 7, 7};
        gemm().multiply(Parallel.sequential(), false, false, 2, 2, 0, of(new float[0]), of(new float[0]), of(c), true);
        assertThat(c).containsOnly(7);
        gemm().multiply(Parallel.sequential(), false, false, 0, 2, 2, of(new float[0]), of(new float[4]), of(c), false);
        assertThat(c).containsOnly(7);
        gemm().multiply(Parallel.sequential(), false, false, 2, 2, 0, of(new float[0]), of(new float[0]), of(c), false);
        assertThat(c).containsOnly(0);
    }

    @Test
    void longerArraysAreUsedInTheirLeadingPartOnly() {
        float[] c = new float[7 * 9 + 20];
        Arrays.fill(c, 7);
        float[] a = random(7 * 5, 1);
        float[] b = random(5 * 9, 2);
        gemm().multiply(
                        Parallel.sequential(),
                        false,
                        false,
                        7,
                        9,
                        5,
                        of(Arrays.copyOf(a, 50)),
                        of(Arrays.copyOf(b, 60)),
                        of(c),
                        false);
        assertClose(Arrays.copyOf(c, 63), naive(7, 9, 5, false, false, a, b, new float[63]));
        assertThat(Arrays.copyOfRange(c, 63, c.length)).containsOnly(7);
    }

    @Test
    void shortArrayIsNamedWithBothLengths() {
        assertThatThrownBy(() -> gemm().multiply(
                                Parallel.sequential(),
                                false,
                                false,
                                2,
                                3,
                                4,
                                of(new float[8]),
                                of(new float[11]),
                                of(new float[6]),
                                false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("right array")
                .hasMessageContaining("11")
                .hasMessageContaining("4 x 3");
    }

    private static float[] random(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static double[] naive(int m, int n, int k, boolean ta, boolean tb, float[] a, float[] b, float[] c) {
        double[] sums = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = c[i * n + j];
                for (int p = 0; p < k; p++) {
                    sum += (double) a[ta ? p * m + i : i * k + p] * b[tb ? j * k + p : p * n + j];
                }
                sums[i * n + j] = sum;
            }
        }
        return sums;
    }

    /** Agreement within 1e-5 of the largest value. */
    private static void assertClose(float[] actual, double[] expected) {
        double scale = 1e-30;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isFinite();
            scale = Math.max(scale, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst / scale).isLessThan(1e-5);
    }
}
