package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.scenecontexts.testkit.Numbers.assertClose;
import static org.scenecontexts.testkit.Numbers.integers;
import static org.scenecontexts.testkit.Numbers.normal;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.Repeatability;

/** What every implementation of {@link DenseKernels} does, checked against double-precision arithmetic. */
public abstract class DenseKernelsConformance {

    private static final double TOLERANCE = 1e-5;
    private static final float[] NONE = {};

    private HostDense kernels;

    @BeforeEach
    void prepareKernels() {
        kernels = host(Parallel.sequential());
    }

    /** Kernels that compute on these threads. */
    protected abstract DenseKernels kernels(Parallel parallel);

    /** The kernels as they are called here. */
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

    // ---- columns ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"1, 13", "207, 1", "702, 13", "4098, 3", "13, 207", "1500, 96", "3, 4098"})
    void columnSumsAgreeWithDoublePrecision(int rows, int columns) {
        float[] x = normal(rows * columns, 6);
        double[] sums = new double[columns];
        for (int i = 0; i < rows * columns; i++) {
            sums[i % columns] += x[i];
        }
        float[] out = new float[columns + 1];
        kernels.sumRows(rows, columns, x, out, false);
        assertClose(out, sums, TOLERANCE);
        kernels.sumRows(rows, columns, x, out, true);
        assertClose(out, Arrays.stream(sums).map(s -> 2 * s).toArray(), TOLERANCE);

        float[] row = normal(columns, 7);
        float[] added = new float[x.length];
        kernels.addRow(rows, columns, x, row, added);
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            expected[i] = (double) x[i] + row[i % columns];
        }
        assertClose(added, expected, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"2, 13, 0", "207, 1, 0", "702, 13, 10", "4098, 3, 1000", "61, 207, 0", "5000, 96, 100", "40000, 8, 300"
    })
    void momentsAreSoundHoweverFarTheMeanIsFromZero(int rows, int columns, double mean) {
        float[] x = normal(rows * columns, 8, mean, 2);
        float[] means = new float[columns];
        float[] variances = new float[columns];
        kernels.columnMoments(rows, columns, x, means, variances);
        double[][] truth = moments(rows, columns, x);
        assertClose(means, truth[0], 1e-6);
        assertClose(variances, truth[1], 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"2, 13, true", "207, 1, true", "4098, 3, false", "130, 65, true", "61, 207, false"})
    void statisticsOfABatchAreThoseOfTheSingleOperations(int rows, int columns, boolean remembered) {
        float[] x = normal(rows * columns, 71, 3, 2);
        float[] gamma = normal(columns, 72);
        float[] running = remembered ? normal(columns, 73) : new float[0];
        float[] runningSquares = remembered ? normal(columns, 74, 2, 0.1) : new float[0];
        float[] expectedMean = running.clone();
        float[] expectedSquares = runningSquares.clone();
        float[] mean = new float[columns];
        float[] inverse = new float[columns];
        float[] scale = new float[columns];
        kernels.columnMoments(rows, columns, x, mean, inverse);
        if (remembered) {
            kernels.follow(columns, 0.1, 1, mean, expectedMean);
            kernels.follow(columns, 0.1, (double) rows / (rows - 1), inverse, expectedSquares);
        }
        kernels.overRoot(columns, 1, inverse, 1e-5, inverse);
        kernels.multiply(columns, gamma, inverse, scale);

        float[] meanAtOnce = new float[columns];
        float[] inverseAtOnce = new float[columns];
        float[] scaleAtOnce = new float[columns];
        kernels.batchStatistics(
                rows, columns, x, gamma, 1e-5, 0.1, meanAtOnce, inverseAtOnce, scaleAtOnce, running, runningSquares);

        // Two roundings of float32 apart at most: a compiler may fuse what another has in two kernels.
        assertClose(meanAtOnce, widened(mean), 3e-7);
        assertClose(inverseAtOnce, widened(inverse), 3e-7);
        assertClose(scaleAtOnce, widened(scale), 3e-7);
        assertClose(running, widened(expectedMean), 3e-7);
        assertClose(runningSquares, widened(expectedSquares), 3e-7);
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double[][] moments(int rows, int columns, float[] x) {
        double[] mean = new double[columns];
        double[] variance = new double[columns];
        for (int i = 0; i < rows * columns; i++) {
            mean[i % columns] += x[i] / (double) rows;
        }
        for (int i = 0; i < rows * columns; i++) {
            double d = x[i] - mean[i % columns];
            variance[i % columns] += d * d / rows;
        }
        return new double[][] {mean, variance};
    }

    @ParameterizedTest
    @CsvSource({"1, 13", "207, 1", "702, 13", "4098, 3", "13, 207", "1500, 96"})
    void normalizeScalesShiftsAddsAndClampsInOnePass(int rows, int columns) {
        int n = rows * columns;
        float[] x = normal(n, 9);
        float[] mean = normal(columns, 10);
        float[] scale = normal(columns, 11);
        float[] shift = normal(columns, 12);
        float[] residual = normal(n, 13);
        for (boolean relu : new boolean[] {false, true}) {
            for (float[] rest : new float[][] {NONE, residual}) {
                double[] expected = new double[n];
                for (int i = 0; i < n; i++) {
                    int j = i % columns;
                    double v = ((double) x[i] - mean[j]) * scale[j] + shift[j] + (rest.length > 0 ? rest[i] : 0);
                    expected[i] = relu ? Math.max(0, v) : v;
                }
                float[] out = new float[n];
                kernels.normalize(rows, columns, x, mean, scale, shift, rest, relu, out);
                assertClose(out, expected, TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 13", "207, 1", "702, 13", "4098, 3", "13, 207", "1500, 96"})
    void batchNormBackwardFollowsTheFormula(int rows, int columns) {
        int n = rows * columns;
        float[] x = normal(n, 14, 1, 2);
        float[] y = normal(n, 15);
        float[] g = normal(n, 16);
        float[] gamma = normal(columns, 17);
        double[][] moments = moments(rows, columns, x);
        float[] mean = new float[columns];
        float[] inverse = new float[columns];
        for (int j = 0; j < columns; j++) {
            mean[j] = (float) moments[0][j];
            inverse[j] = (float) (1 / Math.sqrt(moments[1][j] + 1e-5));
        }
        for (boolean relu : new boolean[] {false, true}) {
            for (boolean residual : new boolean[] {false, true}) {
                double[] behind = new double[n];
                double[] beta = new double[columns];
                double[] slope = new double[columns];
                for (int i = 0; i < n; i++) {
                    int j = i % columns;
                    behind[i] = relu && y[i] <= 0 ? 0 : g[i];
                    beta[j] += behind[i];
                    slope[j] += behind[i] * ((double) x[i] - mean[j]) * inverse[j];
                }
                double[] gradient = new double[n];
                for (int i = 0; i < n; i++) {
                    int j = i % columns;
                    double normed = ((double) x[i] - mean[j]) * inverse[j];
                    gradient[i] = gamma[j] * inverse[j] * (behind[i] - beta[j] / rows - normed * slope[j] / rows);
                }
                float[] gradOut = g.clone();
                float[] gradIn = new float[n];
                float[] gradGamma = new float[columns];
                float[] gradBeta = new float[columns];
                // As autograd calls it: the residual's gradient is written over the output's.
                kernels.batchNormBackward(
                        rows,
                        columns,
                        x,
                        relu ? y : NONE,
                        gradOut,
                        mean,
                        inverse,
                        gamma,
                        relu,
                        gradIn,
                        gradGamma,
                        gradBeta,
                        residual ? gradOut : NONE);
                assertClose(gradIn, gradient, TOLERANCE);
                assertClose(gradGamma, slope, TOLERANCE);
                assertClose(gradBeta, beta, TOLERANCE);
                if (residual) {
                    assertClose(gradOut, behind, 0);
                }
            }
        }
    }

    @Test
    void batchNormBackwardWritesAResidualOfItsOwn() {
        float[] g = normal(60, 18);
        float[] residual = new float[60];
        float[] y = normal(60, 19);
        float[] ones = new float[20];
        Arrays.fill(ones, 1);
        for (boolean relu : new boolean[] {false, true}) {
            kernels.batchNormBackward(
                    3,
                    20,
                    normal(60, 20),
                    y,
                    g,
                    ones,
                    ones,
                    ones,
                    relu,
                    new float[60],
                    new float[20],
                    new float[20],
                    residual);
            for (int i = 0; i < 60; i++) {
                assertThat(residual[i]).isEqualTo(relu && y[i] <= 0 ? 0 : g[i]);
            }
        }
    }

    // ---- rows -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"5, 1", "207, 13", "702, 96", "4098, 3"})
    void rowsAreGatheredAndScattered(int count, int columns) {
        int rows = 50;
        int[] index = integers(count, rows, 21);
        float[] x = normal(rows * columns, 22);
        float[] gathered = new float[count * columns];
        kernels.gatherRows(count, columns, x, index, gathered);
        float[] sums = normal(rows * columns, 23);
        float[] copied = new float[count * columns];
        float[] expected = sums.clone();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < columns; j++) {
                copied[i * columns + j] = x[index[i] * columns + j];
                expected[index[i] * columns + j] += copied[i * columns + j];
            }
        }
        assertThat(gathered).isEqualTo(copied);
        kernels.scatterAddRows(count, columns, gathered, index, rows, sums);
        assertThat(sums).as("added in the order of the index, to the bit").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 13", "13, 7, 20", "207, 16, 3", "30, 64, 96"})
    void groupMaximumRemembersTheFirstWinner(int groups, int size, int columns) {
        int[] coarse = integers(groups * size * columns, 9, 24);
        float[] x = new float[coarse.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = coarse[i] - 4;
        }
        float[] out = new float[groups * columns];
        int[] winner = new int[groups * columns];
        kernels.groupMax(groups, size, columns, x, out, winner);
        float[] g = normal(groups * columns, 25);
        float[] back = normal(x.length, 26);
        kernels.groupMaxBackward(groups, size, columns, g, winner, back);
        float[] expected = new float[x.length];
        int[] first = new int[winner.length];
        float[] largest = new float[out.length];
        for (int i = 0; i < groups * columns; i++) {
            int best = i / columns * size;
            for (int row = best; row < (i / columns + 1) * size; row++) {
                if (x[row * columns + i % columns] > x[best * columns + i % columns]) {
                    best = row;
                }
            }
            first[i] = best;
            largest[i] = x[best * columns + i % columns];
            expected[best * columns + i % columns] = g[i];
        }
        assertThat(winner).isEqualTo(first);
        assertThat(out).isEqualTo(largest);
        assertThat(back).isEqualTo(expected);
    }

    @Test
    void groupMaximumDoesNotHideNotANumber() {
        float[] x = normal(4 * 11, 27);
        x[11 + 2] = Float.NaN;
        x[2 * 11 + 10] = Float.NaN;
        float[] out = new float[11];
        int[] winner = new int[11];
        kernels.groupMax(1, 4, 11, x, out, winner);
        assertThat(out[2]).isNaN();
        assertThat(out[10]).isNaN();
        assertThat(winner[2]).isEqualTo(1);
        assertThat(winner[10]).isEqualTo(2);
        assertThat(out[0]).isNotNaN();
    }

    @Test
    void columnsAreCopiedInAndOut() {
        float[] x = normal(30 * 7, 28);
        float[] wide = new float[30 * 12];
        kernels.copyColumnsIn(30, 7, x, 12, 4, wide);
        float[] back = new float[30 * 7];
        kernels.copyColumnsOut(30, 7, wide, 12, 4, back);
        assertThat(back).isEqualTo(x);
        assertThat(wide[12 + 3]).isZero();
        assertThat(wide[12 + 4]).isEqualTo(x[7]);
        assertThat(wide[12 + 11]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 13", "207, 1", "702, 13", "100, 32", "13, 207", "3, 4098"})
    void rowsAreNormalized(int rows, int columns) {
        int n = rows * columns;
        float[] x = normal(n, 29);
        float[] norms = new float[rows];
        float[] y = new float[n];
        kernels.normalizeRows(rows, columns, x, norms, y);
        float[] g = normal(n, 30);
        float[] back = new float[n];
        kernels.normalizeRowsBackward(rows, columns, y, norms, g, back);
        double[] unit = new double[n];
        double[] gradient = new double[n];
        for (int i = 0; i < rows; i++) {
            double squares = 0;
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                squares += (double) x[j] * x[j];
            }
            double along = 0;
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                unit[j] = x[j] / Math.sqrt(squares);
                along += unit[j] * g[j];
            }
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                gradient[j] = (g[j] - unit[j] * along) / Math.sqrt(squares);
            }
        }
        assertClose(y, unit, TOLERANCE);
        assertClose(back, gradient, columns == 1 ? 1e30 : TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 13", "207, 1", "702, 20", "100, 32", "13, 207", "3, 4098"})
    void softmaxAgreesWithDoublePrecision(int rows, int columns) {
        float[] x = normal(rows * columns, 31, 50, 10);
        float[] out = new float[x.length];
        kernels.softmaxRows(rows, columns, x, out);
        double[] expected = new double[x.length];
        for (int i = 0; i < rows; i++) {
            softmax(x, i * columns, columns, expected);
        }
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(out[i] - expected[i]) / (expected[i] + 1e-32));
        }
        assertThat(worst).as("largest relative error, small values too").isLessThan(TOLERANCE);
    }

    private static double softmax(float[] x, int at, int n, double[] out) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = at; j < at + n; j++) {
            max = Math.max(max, x[j]);
        }
        double sum = 0;
        for (int j = at; j < at + n; j++) {
            out[j] = Math.exp(x[j] - max);
            sum += out[j];
        }
        for (int j = at; j < at + n; j++) {
            out[j] /= sum;
        }
        return max + Math.log(sum);
    }

    @Test
    void softmaxOfInfinityAndNotANumberBehavesAsInPyTorch() {
        float[] x = normal(3 * 18, 32);
        x[1] = Float.NEGATIVE_INFINITY;
        x[17] = Float.NEGATIVE_INFINITY;
        x[18 + 3] = Float.NaN;
        float[] out = new float[x.length];
        kernels.softmaxRows(3, 18, x, out);
        assertThat(out[1]).isZero();
        assertThat(out[17]).isZero();
        for (int j = 0; j < 18; j++) {
            assertThat(out[18 + j]).isNaN();
            assertThat(out[36 + j]).isBetween(0f, 1f);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 13, 0, false", "207, 2, 0, true", "702, 20, 0.1, false", "1000, 13, 0.2, true", "13, 207, 0, false"
    })
    void crossEntropyAndItsGradientAgreeWithDoublePrecision(int rows, int columns, float smoothing, boolean weighted) {
        float[] logits = normal(rows * columns, 33, 0, 3);
        int[] labels = integers(rows, columns, 34);
        for (int i = 0; i < rows; i += 5) {
            labels[i] = rows == 1 ? 3 : -1;
        }
        float[] weights = weighted ? normal(columns, 35, 2, 0.3) : NONE;
        double loss = 0;
        double counted = 0;
        double[] gradient = new double[rows * columns];
        double[] p = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            double logSum = softmax(logits, i * columns, columns, p);
            if (labels[i] < 0) {
                continue;
            }
            counted += weighted ? weights[labels[i]] : 1;
            for (int c = 0; c < columns; c++) {
                double target =
                        ((labels[i] == c ? 1 - smoothing : 0) + smoothing / columns) * (weighted ? weights[c] : 1);
                loss += target * (logSum - logits[i * columns + c]);
                for (int j = 0; j < columns; j++) {
                    gradient[i * columns + j] += target * (p[i * columns + j] - (j == c ? 1 : 0));
                }
            }
        }
        float[] found = normal(rows * columns, 36);
        double[] sums = kernels.crossEntropy(rows, columns, logits, labels, smoothing, weights, found);
        assertThat(sums[0]).isCloseTo(loss / counted, within(1e-6 * loss / counted));
        assertThat(sums[1]).isCloseTo(counted, within(1e-6 * counted));
        assertClose(found, gradient, TOLERANCE);
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
