package org.scenecontexts.engine.cpu.dense;

/**
 * What is done to matrices row by row, on one thread, in plain Java; the vector version overrides the parts that take the
 * time.
 */
public class RowLoops {

    /** Room for the lanes of one vector, so that {@link #dot} and {@link #exponentials} add them up in a fixed order. */
    protected float[] lanes() {
        return new float[0];
    }

    /** Dot product of {@code n} numbers. */
    protected float dot(float[] x, int atX, float[] y, int atY, int n, float[] lanes) {
        return rest(x, atX, y, atY, n);
    }

    /** Dot product of the few numbers that fill no vector, or of all. */
    protected static float rest(float[] x, int atX, float[] y, int atY, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += (double) x[atX + j] * y[atY + j];
        }
        return (float) sum;
    }

    /** Largest of {@code n} numbers; not-a-number if one is. */
    protected float max(float[] x, int at, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[at + j]);
        }
        return max;
    }

    /** {@code out = exp(x - max)} for {@code n} numbers at the same place; returns their sum. */
    protected float exponentials(float[] x, int at, int n, float max, float[] out, float[] lanes) {
        float sum = 0;
        for (int j = 0; j < n; j++) {
            float e = (float) Math.exp(x[at + j] - max);
            out[at + j] = e;
            sum += e;
        }
        return sum;
    }

    /** Adds {@code n} numbers to others. */
    public void addTo(int n, float[] x, int atX, float[] out, int atOut) {
        for (int j = 0; j < n; j++) {
            out[atOut + j] += x[atX + j];
        }
    }

    /** Rows over their lengths. */
    public final void normalizeRows(int from, int to, int columns, float[] x, float[] norms, float[] out) {
        float[] lanes = lanes();
        for (int i = from; i < to; i++) {
            int at = i * columns;
            float norm = (float) Math.sqrt(dot(x, at, x, at, columns, lanes));
            norms[i] = norm;
            for (int j = at; j < at + columns; j++) {
                out[j] = x[j] / norm;
            }
        }
    }

    /** {@code gradIn = (gradOut - y (y . gradOut)) / norm}. */
    public final void normalizeRowsBackward(
            int from, int to, int columns, float[] y, float[] norms, float[] gradOut, float[] gradIn) {
        float[] lanes = lanes();
        for (int i = from; i < to; i++) {
            int at = i * columns;
            float along = dot(y, at, gradOut, at, columns, lanes);
            float norm = norms[i];
            for (int j = at; j < at + columns; j++) {
                gradIn[j] = (gradOut[j] - y[j] * along) / norm;
            }
        }
    }

    /** Softmax of rows. */
    public final void softmax(int from, int to, int columns, float[] x, float[] out) {
        float[] lanes = lanes();
        for (int i = from; i < to; i++) {
            int at = i * columns;
            float factor = 1 / exponentials(x, at, columns, max(x, at, columns), out, lanes);
            for (int j = at; j < at + columns; j++) {
                out[j] *= factor;
            }
        }
    }

    /**
     * Cross-entropy of rows and its gradient. With weights and smoothing the smoothed share of class c counts with its own
     * weight, and the divisor is the weight of the labels, as in PyTorch.
     *
     * @param partial sum of losses at {@code slot}, sum of weights after it; written
     */
    public final void crossEntropy(
            int from,
            int to,
            int columns,
            float[] logits,
            int[] labels,
            float smoothing,
            float[] weights,
            float[] gradient,
            double[] partial,
            int slot) {
        float[] lanes = lanes();
        double loss = 0;
        double counted = 0;
        double share = smoothing / (double) columns;
        double weightOfAll = smoothing > 0 ? weightOfAll(columns, weights) : 0;
        for (int i = from; i < to; i++) {
            int at = i * columns;
            int label = labels[i];
            if (label < 0) {
                java.util.Arrays.fill(gradient, at, at + columns, 0f);
                continue;
            }
            double weight = weights.length == 0 ? 1 : weights[label];
            float max = max(logits, at, columns);
            float sum = exponentials(logits, at, columns, max, gradient, lanes);
            double logSum = max + Math.log(sum);
            double own = (1 - smoothing) * weight;
            loss += own * (logSum - logits[at + label]);
            float factor = (float) ((own + share * weightOfAll) / sum);
            for (int j = at; j < at + columns; j++) {
                gradient[j] *= factor;
            }
            gradient[at + label] -= (float) own;
            if (smoothing > 0) {
                loss += smooth(at, columns, logits, weights, share, logSum, gradient);
            }
            counted += weight;
        }
        partial[slot] = loss;
        partial[slot + 1] = counted;
    }

    /** Rows whose largest entry, the first on ties, is that of their label, at {@code slot}; labelled rows after it. */
    static void hits(int from, int to, int columns, float[] scores, int[] labels, double[] partial, int slot) {
        int labelled = 0;
        int correct = 0;
        for (int i = from; i < to; i++) {
            if (labels[i] >= 0) {
                labelled++;
                correct += best(columns, scores, i * columns) == labels[i] ? 1 : 0;
            }
        }
        partial[slot] = correct;
        partial[slot + 1] = labelled;
    }

    private static int best(int columns, float[] scores, int at) {
        int best = 0;
        for (int j = 1; j < columns; j++) {
            if (scores[at + j] > scores[at + best]) {
                best = j;
            }
        }
        return best;
    }

    private static double weightOfAll(int columns, float[] weights) {
        if (weights.length == 0) {
            return columns;
        }
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            sum += weights[j];
        }
        return sum;
    }

    private static double smooth(
            int at, int columns, float[] logits, float[] weights, double share, double logSum, float[] gradient) {
        double loss = 0;
        for (int j = 0; j < columns; j++) {
            double part = share * (weights.length == 0 ? 1 : weights[j]);
            loss += part * (logSum - logits[at + j]);
            gradient[at + j] -= (float) part;
        }
        return loss;
    }

    /** Largest per column of groups of {@code size} rows; the first on ties; not-a-number wins, so that it is not hidden. */
    public void groupMax(int from, int to, int size, int columns, float[] x, float[] out, int[] winner) {
        groupMax(from, to, size, columns, 0, x, out, winner);
    }

    /** As the other, from one column on. */
    protected static void groupMax(
            int from, int to, int size, int columns, int fromColumn, float[] x, float[] out, int[] winner) {
        for (int g = from; g < to; g++) {
            int at = g * columns;
            for (int j = fromColumn; j < columns; j++) {
                out[at + j] = x[g * size * columns + j];
                winner[at + j] = g * size;
            }
            for (int row = g * size + 1; row < (g + 1) * size; row++) {
                for (int j = fromColumn; j < columns; j++) {
                    float v = x[row * columns + j];
                    float best = out[at + j];
                    if (!(v <= best) && !Float.isNaN(best)) {
                        out[at + j] = v;
                        winner[at + j] = row;
                    }
                }
            }
        }
    }

    /** {@code gradIn[winner[g, j], j] = gradOut[g, j]}, zero elsewhere in the rows of these groups. */
    public final void groupMaxBackward(
            int from, int to, int size, int columns, float[] gradOut, int[] winner, float[] gradIn) {
        java.util.Arrays.fill(gradIn, from * size * columns, to * size * columns, 0f);
        for (int g = from; g < to; g++) {
            int at = g * columns;
            for (int j = 0; j < columns; j++) {
                gradIn[winner[at + j] * columns + j] = gradOut[at + j];
            }
        }
    }
}
