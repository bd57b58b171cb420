package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.scenecontexts.testkit.Numbers.assertClose;
import static org.scenecontexts.testkit.Numbers.normal;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.Repeatability;

/** What every implementation of {@link DenseKernels} does, checked against double-precision arithmetic. */
public abstract class DenseKernelsConformance extends RowKernelsConformance {

    /** Kernels that compute on these threads. */
    @Override
    protected abstract DenseKernels kernels(Parallel parallel);

    /** The kernels as they are called here. */
    @Override
    protected HostDense host(Parallel parallel) {
        return new HostDense(kernels(parallel));
    }

    // ---- elementwise ------------------------------------------------------------------------------------------

    private interface Binary {
        void apply(int n, float[] x, float[] y, float[] out);
    }

    private static void check(int n, Binary kernel, DoubleBinaryOperator truth) {
        float[] x = normal(n + 3, 1);
        float[] y = normal(n + 3, 2);
        float[] out = new float[n + 3];
        Arrays.fill(out, 77);
        kernel.apply(n, x, y, out);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            expected[i] = truth.applyAsDouble(x[i], y[i]);
        }
        assertClose(out, expected, TOLERANCE);
        assertThat(Arrays.copyOfRange(out, n, n + 3)).as("behind the end").containsOnly(77);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 207, 702, 4098, 40_001})
    void elementwiseOperationsAgreeWithDoublePrecision(int n) {
        check(n, kernels::add, Double::sum);
        check(n, kernels::subtract, (a, b) -> a - b);
        check(n, kernels::multiply, (a, b) -> a * b);
        check(n, (k, x, y, out) -> kernels.scale(k, 0.3f, x, out), (a, b) -> 0.3f * a);
        check(n, (k, x, y, out) -> kernels.fill(k, 5, out), (a, b) -> 5);
        check(n, (k, x, y, out) -> kernels.relu(k, x, out), (a, b) -> Math.max(a, 0));
        check(n, kernels::reluBackward, (a, b) -> a > 0 ? b : 0);
        check(
                n,
                (k, x, y, out) -> {
                    System.arraycopy(y, 0, out, 0, k);
                    kernels.axpy(k, -1.7f, x, out);
                },
                (a, b) -> b - 1.7f * a);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 207, 702, 4098, 100_001})
    void sumsAreAccumulatedInDoublePrecision(int n) {
        float[] x = normal(n + 1, 3, 100, 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            sum += x[i];
            squares += (double) x[i] * x[i];
        }
        // The result is rounded to float32 once, which is right to half a unit in its last place.
        assertThat((double) kernels.sum(n, x)).isCloseTo(sum, within(Math.ulp((float) sum) / 1.9));
        float[] norm = kernels.norm(Double.POSITIVE_INFINITY, Arrays.copyOf(x, n / 3), Arrays.copyOfRange(x, n / 3, n));
        assertThat((double) norm[0]).isCloseTo(Math.sqrt(squares), within(Math.ulp((float) Math.sqrt(squares)) / 1.9));
        assertThat(norm[1]).isEqualTo(1);
        assertThat(norm[2]).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 207, 40_001})
    void finiteMeansNeitherInfiniteNorNotANumber(int n) {
        float[] x = normal(n + 1, 4);
        x[n] = Float.NaN;
        assertThat(kernels.allFinite(n, x)).isTrue();
        for (int at : new int[] {0, n / 2, n - 1}) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                float kept = x[at];
                x[at] = bad;
                assertThat(kernels.allFinite(n, x)).as("%s at %d", bad, at).isFalse();
                x[at] = kept;
            }
        }
    }

    @Test
    void reluKeepsNotANumber() {
        float[] x = normal(21, 5);
        x[2] = Float.NaN;
        x[20] = Float.NaN;
        kernels.relu(21, x, x);
        assertThat(x[2]).isNaN();
        assertThat(x[20]).isNaN();
    }

    // ---- products ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "13, 207, 5", "207, 13, 31", "70, 33, 702", "4098, 20, 96"})
    void productsAgreeWithDoublePrecisionInAllTranspositions(int m, int n, int k) {
        float[] a = normal(m * k, 37);
        float[] b = normal(k * n, 38);
        double[] expected = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < k; l++) {
                for (int j = 0; j < n; j++) {
                    expected[i * n + j] += (double) a[i * k + l] * b[l * n + j];
                }
            }
        }
        float[] at = transpose(a, m, k);
        float[] bt = transpose(b, k, n);
        for (boolean ta : new boolean[] {false, true}) {
            for (boolean tb : new boolean[] {false, true}) {
                float[] c = normal(m * n, 39);
                kernels.gemm(ta, tb, m, n, k, ta ? at : a, tb ? bt : b, c, false);
                assertClose(c, expected, TOLERANCE);
                kernels.gemm(ta, tb, m, n, k, ta ? at : a, tb ? bt : b, c, true);
                assertClose(c, Arrays.stream(expected).map(e -> 2 * e).toArray(), TOLERANCE);
            }
        }
    }

    private static float[] transpose(float[] x, int rows, int columns) {
        float[] t = new float[x.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t[j * rows + i] = x[i * columns + j];
            }
        }
        return t;
    }

    @Test
    void aProductOverNothingIsZero() {
        float[] c = normal(6, 40);
        kernels.gemm(false, false, 2, 3, 0, NONE, NONE, c, false);
        assertThat(c).containsOnly(0);
    }

    // ---- small buffers ------------------------------------------------------------------------------------------

    @Test
    void numbersInSmallBuffersAreSpreadAndMultipliedWith() {
        float[] x = normal(1000, 41);
        float[] out = new float[1000];
        kernels.broadcast(1000, new float[] {2.5f, 99}, out);
        assertThat(out).containsOnly(2.5f);
        kernels.copy(1000, x, out);
        assertThat(out).isEqualTo(x);
        kernels.scaleBy(1000, new float[] {-3}, x, out);
        for (int i = 0; i < 1000; i++) {
            assertThat(out[i]).isEqualTo(-3 * x[i]);
        }
        float[] kept = x.clone();
        kernels.scaleBy(1000, new float[] {1}, x, x);
        assertThat(x).isEqualTo(kept);
    }

    @Test
    void theNormOfSeveralPartsComesWithTheFactorThatBringsItToItsLimit() {
        float[] a = {3, 0};
        float[] b = {0, 4, 12};
        assertThat(kernels.norm(26, a, b)).containsExactly(13, 1, 1);
        float[] over = kernels.norm(6.5, a, b);
        assertThat(over[0]).isEqualTo(13);
        assertThat(over[1]).isCloseTo(0.5f, within(1e-6f));
        assertThat(kernels.norm(1, a, new float[] {Float.NaN})[2]).isZero();
        assertThat(kernels.norm(1, a, new float[] {Float.POSITIVE_INFINITY})[2]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1", "13", "207"})
    void rootsAndRunningMeansAreRoundedOnce(int n) {
        float[] variance = normal(n, 42, 4, 0.5);
        float[] gamma = normal(n, 43);
        float[] inverse = new float[n];
        float[] scale = new float[n];
        kernels.overRoot(n, 1, variance, 1e-5, inverse);
        kernels.overRoot(n, gamma, variance, 1e-5, scale);
        float[] running = normal(n, 44);
        float[] before = running.clone();
        kernels.follow(n, 0.1, 1.25, variance, running);
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(variance[j] + 1e-5);
            assertThat((double) inverse[j]).isCloseTo(1 / root, within(1e-6));
            assertThat((double) scale[j]).isCloseTo(gamma[j] / root, within(1e-6));
            double mean = 0.9 * before[j] + 0.1 * variance[j] * 1.25;
            assertThat((double) running[j]).isCloseTo(mean, within(1e-6));
        }
        float[] twice = variance.clone();
        kernels.overRoot(n, 1, twice, 1e-5, twice);
        assertThat(twice).isEqualTo(inverse);
    }

    @Test
    void rowsAreMultipliedColumnByColumn() {
        float[] x = normal(30 * 7, 45);
        float[] row = normal(7, 46);
        float[] out = new float[30 * 7];
        kernels.multiplyRow(30, 7, x, row, out);
        for (int i = 0; i < out.length; i++) {
            assertThat(out[i]).isEqualTo(x[i] * row[i % 7]);
        }
    }

    @Test
    void accuracyCountsTheFirstOfEqualScoresAndLeavesUnlabelledRowsOut() {
        float[] scores = {1, 1, 0, 0, 2, 0, 5, 6, 7, 9, 0, 0};
        assertThat(kernels.accuracy(4, 3, scores, new int[] {0, 0, 2, -1})).isEqualTo(2 / 3f);
        assertThat(kernels.accuracy(4, 3, scores, new int[] {-1, -1, -1, -1})).isNaN();
    }

    @Test
    void aStepWhoseFlagIsDownChangesNothing() {
        float[] flag = {Float.NaN, 1, 0};
        float[] p = normal(50, 47);
        float[] m = normal(50, 48);
        float[] v = normal(50, 49);
        float[][] kept = {p.clone(), m.clone(), v.clone()};
        float[] bad = new float[50];
        Arrays.fill(bad, Float.NaN);
        kernels.sgdStepUnless(flag, 50, p, bad, m);
        kernels.adamStepUnless(flag, 50, p, bad, m, v);
        assertThat(List.of(p, m, v)).containsExactly(kept);
        flag[2] = 1;
        kernels.sgdStepUnless(flag, 50, p, bad, m);
        assertThat(p[0]).isNaN();
    }

    // ---- threads ----------------------------------------------------------------------------------------------

    /** Whether the same bits come from any number of threads. */
    protected Repeatability repeatability() {
        return Repeatability.ANY_THREADS;
    }

    @Test
    void resultsAreTheSameToTheBitOnAnyNumberOfThreads() {
        if (repeatability() != Repeatability.ANY_THREADS) {
            return;
        }
        List<float[]> one = KernelTour.run(kernels);
        for (int threads : new int[] {2, 3}) {
            try (KitThreads pool = new KitThreads(threads)) {
                HostDense spread = host(pool);
                for (int repeat = 0; repeat < 2; repeat++) {
                    List<float[]> many = KernelTour.run(spread);
                    for (int i = 0; i < one.size(); i++) {
                        assertThat(Arrays.equals(many.get(i), one.get(i)))
                                .as("result %d with %d threads, run %d", i, threads, repeat)
                                .isTrue();
                    }
                }
            }
        }
    }
}
