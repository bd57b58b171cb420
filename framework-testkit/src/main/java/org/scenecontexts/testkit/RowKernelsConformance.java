package org.scenecontexts.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.scenecontexts.testkit.Numbers.assertClose;
import static org.scenecontexts.testkit.Numbers.integers;
import static org.scenecontexts.testkit.Numbers.normal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gathering and scattering rows, maxima of groups, norms, softmax and cross entropy of rows do. */
abstract class RowKernelsConformance extends ColumnKernelsConformance {

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
}
