package org.scenecontexts.view;

import java.util.Arrays;

/**
 * Colours of features: their three principal components as red, green and blue, so that rows with like features look alike
 * whatever the features mean.
 *
 * <p>The covariance is small (as wide as the features) and symmetric, so Jacobi's rotations find its directions; libraries that do
 * it call LAPACK, a native library that this page of HTML is not worth.
 */
final class PrincipalColours {

    private static final int SWEEPS = 60;

    /** Parts of the numbers of a component beyond which they are cut off, so that a few outliers do not make all else grey. */
    private static final double CUT = 0.02;

    private PrincipalColours() {}

    /**
     * Colours of rows.
     *
     * @param rows features, {@code [N][C]}, all of them of one network; finite
     * @return red, green and blue of each row, {@code [N]}, as {@code 0xRRGGBB}; grey where a component does not vary
     */
    static int[] of(float[][] rows) {
        if (rows.length == 0) {
            return new int[0];
        }
        int width = rows[0].length;
        double[] mean = mean(rows, width);
        double[][] directions = directions(covariance(rows, mean), Math.min(3, width));
        int[] colours = new int[rows.length];
        for (int channel = 0; channel < 3; channel++) {
            double[] values = new double[rows.length];
            if (channel < directions.length) {
                for (int i = 0; i < rows.length; i++) {
                    for (int c = 0; c < width; c++) {
                        values[i] += (rows[i][c] - mean[c]) * directions[channel][c];
                    }
                }
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double low = sorted[(int) (CUT * (rows.length - 1))];
            double high = sorted[(int) Math.ceil((1 - CUT) * (rows.length - 1))];
            for (int i = 0; i < rows.length; i++) {
                double part = high - low > 1e-12 ? Math.clamp((values[i] - low) / (high - low), 0, 1) : 0.5;
                // From dark to light, but neither black nor white, which the page's background may be.
                colours[i] = colours[i] << 8 | (int) Math.round(30 + 210 * part);
            }
        }
        return colours;
    }

    private static double[] mean(float[][] rows, int width) {
        double[] mean = new double[width];
        for (float[] row : rows) {
            for (int c = 0; c < width; c++) {
                mean[c] += row[c];
            }
        }
        for (int c = 0; c < width; c++) {
            mean[c] /= rows.length;
        }
        return mean;
    }

    private static double[][] covariance(float[][] rows, double[] mean) {
        int width = mean.length;
        double[][] sums = new double[width][width];
        double[] row = new double[width];
        for (float[] values : rows) {
            for (int a = 0; a < width; a++) {
                row[a] = values[a] - mean[a];
                for (int b = 0; b <= a; b++) {
                    sums[a][b] += row[a] * row[b];
                }
            }
        }
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                sums[a][b] /= rows.length;
                sums[b][a] = sums[a][b];
            }
        }
        return sums;
    }

    /**
     * The directions of largest variance.
     *
     * @param matrix symmetric; written over
     * @return {@code [count][C]}, largest first; the largest number of each is positive, so that a picture made again is the same
     */
    static double[][] directions(double[][] matrix, int count) {
        int width = matrix.length;
        double[][] vectors = new double[width][width];
        for (int a = 0; a < width; a++) {
            vectors[a][a] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && off(matrix) > 1e-18 * trace(matrix); sweep++) {
            for (int p = 0; p < width; p++) {
                for (int q = p + 1; q < width; q++) {
                    rotate(matrix, vectors, p, q);
                }
            }
        }
        Integer[] order = new Integer[width];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Double.compare(matrix[b][b], matrix[a][a]));
        double[][] found = new double[count][width];
        for (int k = 0; k < count; k++) {
            double largest = 0;
            for (int c = 0; c < width; c++) {
                found[k][c] = vectors[c][order[k]];
                largest = Math.abs(found[k][c]) > Math.abs(largest) ? found[k][c] : largest;
            }
            for (int c = 0; c < width && largest < 0; c++) {
                found[k][c] = -found[k][c];
            }
        }
        return found;
    }

    private static double off(double[][] matrix) {
        double sum = 0;
        for (int p = 0; p < matrix.length; p++) {
            for (int q = p + 1; q < matrix.length; q++) {
                sum += matrix[p][q] * matrix[p][q];
            }
        }
        return Math.sqrt(sum);
    }

    private static double trace(double[][] matrix) {
        double sum = 0;
        for (int p = 0; p < matrix.length; p++) {
            sum += Math.abs(matrix[p][p]);
        }
        return sum;
    }

    /** Makes one number beside the diagonal zero (Golub and Van Loan, Matrix Computations, 8.5). */
    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        if (matrix[p][q] == 0) {
            return;
        }
        double tau = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        for (int k = 0; k < matrix.length; k++) {
            double kp = matrix[k][p];
            double kq = matrix[k][q];
            matrix[k][p] = cosine * kp - sine * kq;
            matrix[k][q] = sine * kp + cosine * kq;
        }
        for (int k = 0; k < matrix.length; k++) {
            double pk = matrix[p][k];
            double qk = matrix[q][k];
            matrix[p][k] = cosine * pk - sine * qk;
            matrix[q][k] = sine * pk + cosine * qk;
            double vp = vectors[k][p];
            double vq = vectors[k][q];
            vectors[k][p] = cosine * vp - sine * vq;
            vectors[k][q] = sine * vp + cosine * vq;
        }
    }
}
