package org.scenecontexts.pointnet2.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.nn.BatchNorm;

/** A shared perceptron in double precision, written plainly, whose ReLUs open where they are told to. */
final class DoubleMlp {

    private static final int CHUNK = 512;

    /** Where the ReLUs of a pass would have opened otherwise. */
    static final class Differences {
        int count;
        double largest;

        void add(double distance) {
            count++;
            largest = Math.max(largest, Math.abs(distance));
        }
    }

    private final Parallel parallel;
    private final Map<String, double[]> parameters;
    private final Map<String, double[]> gradients;
    private final List<String> layers = new ArrayList<>();
    private final List<double[]> products = new ArrayList<>();
    private final List<double[]> means = new ArrayList<>();
    private final List<double[]> inverseStds = new ArrayList<>();

    /** @param name what the layers' names begin with, {@code sa1.mlp_module} */
    DoubleMlp(Parallel parallel, String name, Map<String, double[]> parameters, Map<String, double[]> gradients) {
        this.parallel = parallel;
        this.parameters = parameters;
        this.gradients = gradients;
        for (int i = 0; parameters.containsKey(name + ".layer" + i + ".conv.weight"); i++) {
            layers.add(name + ".layer" + i);
        }
    }

    int layers() {
        return layers.size();
    }

    private int width(int layer) {
        return parameters.get(layers.get(layer) + ".bn.bn.bias").length;
    }

    /** The pass forward; what {@link #backward} needs is kept. */
    double[] forward(double[] input, int rows, List<BitSet> open, Differences differences) {
        products.clear();
        means.clear();
        inverseStds.clear();
        double[] x = input;
        for (int i = 0; i < layers.size(); i++) {
            int out = width(i);
            int in = x.length / rows;
            double[] weight = parameters.get(layers.get(i) + ".conv.weight");
            double[] transposed = new double[weight.length];
            for (int j = 0; j < weight.length; j++) {
                transposed[j % in * out + j / in] = weight[j];
            }
            double[] product = multiply(x, rows, in, transposed, out);
            moments(product, rows, out);
            products.add(product);
            x = activated(i, rows, open.get(i));
            count(i, rows, open.get(i), differences);
        }
        return x;
    }

    private void moments(double[] x, int rows, int columns) {
        double[] mean = new double[columns];
        double[] inverse = new double[columns];
        for (int i = 0; i < x.length; i++) {
            mean[i % columns] += x[i] / rows;
        }
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - mean[i % columns];
            inverse[i % columns] += d * d / rows;
        }
        for (int j = 0; j < columns; j++) {
            inverse[j] = 1 / Math.sqrt(inverse[j] + BatchNorm.EPSILON);
        }
        means.add(mean);
        inverseStds.add(inverse);
    }

    private double normalized(int layer, int at, int column) {
        return (products.get(layer)[at] - means.get(layer)[column])
                * inverseStds.get(layer)[column];
    }

    private double[] activated(int layer, int rows, BitSet open) {
        int columns = width(layer);
        double[] gamma = parameters.get(layers.get(layer) + ".bn.bn.weight");
        double[] beta = parameters.get(layers.get(layer) + ".bn.bn.bias");
        double[] y = new double[rows * columns];
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            int j = i % columns;
            y[i] = normalized(layer, i, j) * gamma[j] + beta[j];
        }
        return y;
    }

    private void count(int layer, int rows, BitSet open, Differences differences) {
        int columns = width(layer);
        double[] gamma = parameters.get(layers.get(layer) + ".bn.bn.weight");
        double[] beta = parameters.get(layers.get(layer) + ".bn.bn.bias");
        for (int i = 0; i < rows * columns; i++) {
            int j = i % columns;
            double y = normalized(layer, i, j) * gamma[j] + beta[j];
            if (y > 0 != open.get(i)) {
                differences.add(y);
            }
        }
    }

    /**
     * The pass back, after {@link #forward} of the same input.
     *
     * @param gradOut overwritten
     * @return the gradient of the input
     */
    double[] backward(double[] input, double[] gradOut, int rows, List<BitSet> open) {
        double[] g = gradOut;
        for (int i = layers.size() - 1; i >= 0; i--) {
            int out = width(i);
            normBackward(i, g, rows, open.get(i));
            double[] x = i == 0 ? input : activated(i - 1, rows, open.get(i - 1));
            int in = x.length / rows;
            gradients.put(layers.get(i) + ".conv.weight", weightGradient(g, x, rows, out, in));
            products.set(i, new double[0]);
            g = multiply(g, rows, out, parameters.get(layers.get(i) + ".conv.weight"), in);
        }
        return g;
    }

    private void normBackward(int layer, double[] g, int rows, BitSet open) {
        int columns = width(layer);
        double[] gamma = parameters.get(layers.get(layer) + ".bn.bn.weight");
        double[] inverse = inverseStds.get(layer);
        double[] gradGamma = new double[columns];
        double[] gradBeta = new double[columns];
        for (int i = 0; i < g.length; i++) {
            int j = i % columns;
            g[i] = open.get(i) ? g[i] : 0;
            gradBeta[j] += g[i];
            gradGamma[j] += g[i] * normalized(layer, i, j);
        }
        for (int i = 0; i < g.length; i++) {
            int j = i % columns;
            g[i] = gamma[j] * inverse[j] * (g[i] - gradBeta[j] / rows - normalized(layer, i, j) * gradGamma[j] / rows);
        }
        gradients.put(layers.get(layer) + ".bn.bn.weight", gradGamma);
        gradients.put(layers.get(layer) + ".bn.bn.bias", gradBeta);
    }

    /** {@code x [rows, in] * w [in, out]}. Rows have arrays of their own, which the compiler turns into vectors. */
    private double[] multiply(double[] x, int rows, int in, double[] w, int out) {
        double[][] lines = lines(w, 0, in, out);
        double[] y = new double[rows * out];
        parallel.run((rows + CHUNK - 1) / CHUNK, c -> {
            double[] sum = new double[out];
            for (int i = c * CHUNK; i < Math.min(rows, (c + 1) * CHUNK); i++) {
                Arrays.fill(sum, 0);
                for (int k = 0; k < lines.length; k += 4) {
                    addProduct(x, i * in + k, 1, Math.min(4, in - k), lines, k, sum);
                }
                System.arraycopy(sum, 0, y, i * out, out);
            }
        });
        return y;
    }

    /** {@code g' * x}, {@code [out, in]}. */
    private double[] weightGradient(double[] g, double[] x, int rows, int out, int in) {
        double[] total = new double[out * in];
        parallel.run((rows + CHUNK - 1) / CHUNK, c -> {
            double[][] sums = new double[out][in];
            for (int i = c * CHUNK; i < Math.min(rows, (c + 1) * CHUNK); i += 4) {
                int count = Math.min(4, rows - i);
                double[][] lines = lines(x, i * in, count, in);
                for (int j = 0; j < out; j++) {
                    addProduct(g, i * out + j, out, count, lines, 0, sums[j]);
                }
            }
            synchronized (total) {
                for (int i = 0; i < total.length; i++) {
                    total[i] += sums[i / in][i % in];
                }
            }
        });
        return total;
    }

    /** Rows of a matrix, and enough empty ones to make their number a multiple of four. */
    private static double[][] lines(double[] x, int from, int rows, int columns) {
        double[][] lines = new double[(rows + 3) / 4 * 4][];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = i < rows
                    ? Arrays.copyOfRange(x, from + i * columns, from + (i + 1) * columns)
                    : new double[columns];
        }
        return lines;
    }

    /** Adds up to four lines, each times an entry of {@code a}. */
    private static void addProduct(double[] a, int at, int step, int count, double[][] lines, int k, double[] sum) {
        double a0 = a[at];
        double a1 = count > 1 ? a[at + step] : 0;
        double a2 = count > 2 ? a[at + 2 * step] : 0;
        double a3 = count > 3 ? a[at + 3 * step] : 0;
        double[] b0 = lines[k];
        double[] b1 = lines[k + 1];
        double[] b2 = lines[k + 2];
        double[] b3 = lines[k + 3];
        for (int j = 0; j < sum.length; j++) {
            sum[j] += a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
        }
    }
}
