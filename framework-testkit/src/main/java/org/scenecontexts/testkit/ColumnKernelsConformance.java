package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scenecontexts.testkit.Numbers.assertClose;
import static org.scenecontexts.testkit.Numbers.normal;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sums and moments over columns do, and the batch norm that is made of them. */
abstract class ColumnKernelsConformance extends DenseConformance {

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
}
