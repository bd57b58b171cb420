package org.scenecontexts.testkit.conformance;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;

/** Operators written down in double precision, without a thought for speed. */
final class Definitions {

    private Definitions() {}

    static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    /** {@code sum_p a(i, p) b(p, j)}, with the places of both in their arrays. */
    static double[] product(int m, int n, int k, double[] a, IntBinaryOperator atA, double[] b, IntBinaryOperator atB) {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < k; p++) {
                    c[i * n + j] += a[atA.applyAsInt(i, p)] * b[atB.applyAsInt(p, j)];
                }
            }
        }
        return c;
    }

    /** Distribution function of the normal distribution: a series near zero, a continued fraction far from it. */
    static double normal(double x) {
        double z = Math.abs(x);
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        double tail;
        if (z < 4) {
            double term = z;
            double sum = z;
            for (int i = 1; i < 100; i++) {
                term *= z * z / (2 * i + 1);
                sum += term;
            }
            tail = 0.5 - density * sum;
        } else {
            double fraction = 0;
            for (int i = 200; i > 0; i--) {
                fraction = i / (z + fraction);
            }
            tail = density / (z + fraction);
        }
        return x < 0 ? tail : 1 - tail;
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Sums over groups of a function of the row and the column. */
    interface Entry {
        double at(int row, int column);
    }

    static double[] sums(Form form, Entry entry) {
        double[] out = new double[form.groups() * form.columns()];
        for (int i = 0; i < form.rows(); i++) {
            for (int j = 0; j < form.columns(); j++) {
                out[form.of(i) * form.columns() + j] += entry.at(i, j);
            }
        }
        return out;
    }

    static double[] means(Form form, Entry entry) {
        double[] out = sums(form, entry);
        for (int g = 0; g < form.groups(); g++) {
            for (int j = 0; j < form.columns(); j++) {
                out[g * form.columns() + j] /= Math.max(1, form.offsets()[g + 1] - form.offsets()[g]);
            }
        }
        return out;
    }

    static double[] maxima(Form form, double[] x) {
        double[] out = new double[form.groups() * form.columns()];
        for (int g = 0; g < form.groups(); g++) {
            for (int j = 0; j < form.columns(); j++) {
                double max = Double.NEGATIVE_INFINITY;
                for (int i = form.offsets()[g]; i < form.offsets()[g + 1]; i++) {
                    max = Math.max(max, x[i * form.columns() + j]);
                }
                out[g * form.columns() + j] = form.offsets()[g] == form.offsets()[g + 1] ? 0 : max;
            }
        }
        return out;
    }

    /** For every number of a matrix something that is computed from what belongs to its group. */
    interface PerGroup {
        double at(int row, int column, int group);
    }

    static double[] rows(Form form, PerGroup value) {
        double[] out = new double[form.rows() * form.columns()];
        for (int i = 0; i < form.rows(); i++) {
            for (int j = 0; j < form.columns(); j++) {
                out[i * form.columns() + j] = value.at(i, j, form.of(i));
            }
        }
        return out;
    }

    static double[] softmax(Form form, double[] x, boolean logarithm) {
        int columns = form.columns();
        double[] sums = sums(form, (i, j) -> Math.exp(x[i * columns + j]));
        return rows(
                form,
                (i, j, g) -> logarithm
                        ? x[i * columns + j] - Math.log(sums[g * columns + j])
                        : Math.exp(x[i * columns + j]) / sums[g * columns + j]);
    }

    /** Norm over the rows of groups in parts of the columns. */
    static double[] norm(Form form, int parts, double epsilon, double[] x, double[] gamma, double[] beta) {
        int width = form.columns() / parts;
        double[] mean = new double[form.groups() * parts];
        double[] variance = new double[form.groups() * parts];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < form.rows(); i++) {
                int g = form.of(i);
                double count = (double) (form.offsets()[g + 1] - form.offsets()[g]) * width;
                for (int j = 0; j < form.columns(); j++) {
                    int at = g * parts + j / width;
                    double v = x[i * form.columns() + j];
                    if (pass == 0) {
                        mean[at] += v / count;
                    } else {
                        variance[at] += (v - mean[at]) * (v - mean[at]) / count;
                    }
                }
            }
        }
        return rows(form, (i, j, g) -> {
            int at = g * parts + j / width;
            double v = (x[i * form.columns() + j] - mean[at]) / Math.sqrt(variance[at] + epsilon);
            return v * gamma[j] + beta[j];
        });
    }

    /** Cross-entropy as PyTorch defines it with weights and smoothing. */
    static double[] crossEntropy(Form form, double[] x, int[] labels, double smoothing, float[] weights, double gamma) {
        int k = form.columns();
        double sum = 0;
        double counted = 0;
        for (int i = 0; i < form.rows(); i++) {
            if (labels[i] < 0) {
                continue;
            }
            double all = 0;
            for (int j = 0; j < k; j++) {
                all += Math.exp(x[i * k + j]);
            }
            for (int j = 0; j < k; j++) {
                double share = Math.exp(x[i * k + j]) / all;
                double target = (j == labels[i] ? 1 - smoothing : 0) + smoothing / k;
                sum -= target * weights[j] * Math.pow(1 - share, gamma) * Math.log(share);
            }
            counted += weights[labels[i]];
        }
        return new double[] {counted == 0 ? 0 : sum / counted};
    }

    /** The published definition: errors sorted, times the growth of the Jaccard loss. */
    static double[] lovasz(Form form, double[] x, int[] labels) {
        int k = form.columns();
        double[] shares = softmax(perRow(form.rows(), k), x, false);
        double total = 0;
        int present = 0;
        for (int c = 0; c < k; c++) {
            int kept = c;
            double members =
                    Arrays.stream(labels).filter(label -> label == kept).count();
            if (members == 0) {
                continue;
            }
            present++;
            Integer[] order = java.util.stream.IntStream.range(0, form.rows())
                    .filter(i -> labels[i] >= 0)
                    .boxed()
                    .toArray(Integer[]::new);
            Arrays.sort(
                    order,
                    java.util.Comparator.comparingDouble(
                            (Integer i) -> -Math.abs((labels[i] == kept ? 1 : 0) - shares[i * k + kept])));
            double intersection = members;
            double union = members;
            double before = 0;
            for (int i : order) {
                intersection -= labels[i] == c ? 1 : 0;
                union += labels[i] == c ? 0 : 1;
                double jaccard = 1 - intersection / union;
                total += Math.abs((labels[i] == c ? 1 : 0) - shares[i * k + c]) * (jaccard - before);
                before = jaccard;
            }
        }
        return new double[] {present == 0 ? 0 : total / present};
    }

    /** Rows as groups of single numbers: what is done over columns is done over these groups. */
    static Form perRow(int rows, int columns) {
        return Form.equal(0, rows, columns, 1);
    }
}
