package org.scenecontexts.nd4j.dense;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.nd4j.memory.NativeFloats;
import org.scenecontexts.nd4j.memory.NativeInts;
import org.scenecontexts.nd4j.memory.Nd4jIndices;

/** What is done to matrices row by row and group by group, on ND4J's memory. */
final class RowFunctions {

    private final Parallel parallel;

    RowFunctions(Parallel parallel) {
        this.parallel = parallel;
    }

    private void rows(int rows, int columns, Parallel.Range range) {
        parallel.rows(rows, Stretches.rows(columns), range);
    }

    // ---- maxima -----------------------------------------------------------------------------------------------

    void groupMax(int groups, int size, int columns, Buffer x, Buffer out, Indices winner) {
        NativeFloats values = own(x).reading();
        NativeFloats largest = own(out).writing();
        NativeInts winners = Nd4jIndices.own(winner).writing();
        rows(groups, columns * size, (from, to) -> {
            for (int g = from; g < to; g++) {
                for (int j = 0; j < columns; j++) {
                    int best = g * size;
                    float most = values.get((long) best * columns + j);
                    for (int row = best + 1; row < (g + 1) * size; row++) {
                        float v = values.get((long) row * columns + j);
                        // Not-a-number wins, so that it is not hidden.
                        if (!(v <= most) && !Float.isNaN(most)) {
                            most = v;
                            best = row;
                        }
                    }
                    largest.set((long) g * columns + j, most);
                    winners.set((long) g * columns + j, best);
                }
            }
        });
    }

    /** Puts the gradient of each maximum where that came from. */
    void putWinners(int groups, int columns, Buffer gradOut, Indices winner, Buffer gradIn) {
        NativeFloats g = own(gradOut).reading();
        NativeInts winners = Nd4jIndices.own(winner).reading();
        NativeFloats target = own(gradIn).writing();
        rows(groups, columns, (from, to) -> {
            for (long i = (long) from * columns; i < (long) to * columns; i++) {
                target.set((long) winners.get(i) * columns + i % columns, g.get(i));
            }
        });
    }

    // ---- lengths ----------------------------------------------------------------------------------------------

    private static double dot(NativeFloats x, NativeFloats y, long at, int n) {
        double sum = 0;
        for (long j = at; j < at + n; j++) {
            sum += (double) x.get(j) * y.get(j);
        }
        return sum;
    }

    void normalize(int rows, int columns, Buffer x, Buffer norms, Buffer out) {
        NativeFloats values = own(x).reading();
        NativeFloats lengths = own(norms).writing();
        NativeFloats units = own(out).writing();
        rows(rows, columns, (from, to) -> {
            for (int i = from; i < to; i++) {
                long at = (long) i * columns;
                float norm = (float) Math.sqrt(dot(values, values, at, columns));
                lengths.set(i, norm);
                for (long j = at; j < at + columns; j++) {
                    units.set(j, values.get(j) / norm);
                }
            }
        });
    }

    void normalizeBackward(int rows, int columns, Buffer y, Buffer norms, Buffer gradOut, Buffer gradIn) {
        NativeFloats units = own(y).reading();
        NativeFloats lengths = own(norms).reading();
        NativeFloats g = own(gradOut).reading();
        NativeFloats target = own(gradIn).writing();
        rows(rows, columns, (from, to) -> {
            for (int i = from; i < to; i++) {
                long at = (long) i * columns;
                float along = (float) dot(units, g, at, columns);
                float norm = lengths.get(i);
                for (long j = at; j < at + columns; j++) {
                    target.set(j, (g.get(j) - units.get(j) * along) / norm);
                }
            }
        });
    }

    // ---- shares -----------------------------------------------------------------------------------------------

    private static float max(NativeFloats x, long at, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (long j = at; j < at + n; j++) {
            max = Math.max(max, x.get(j));
        }
        return max;
    }

    /** Writes {@code exp(x - max)} and gives their sum. */
    private static double exponentials(NativeFloats x, long at, int n, float max, NativeFloats out) {
        double sum = 0;
        for (long j = at; j < at + n; j++) {
            double e = Math.exp((double) x.get(j) - max);
            out.set(j, (float) e);
            sum += e;
        }
        return sum;
    }

    void softmax(int rows, int columns, Buffer x, Buffer out) {
        NativeFloats values = own(x).reading();
        NativeFloats shares = own(out).writing();
        rows(rows, columns, (from, to) -> {
            for (int i = from; i < to; i++) {
                long at = (long) i * columns;
                float factor = (float) (1 / exponentials(values, at, columns, max(values, at, columns), shares));
                for (long j = at; j < at + columns; j++) {
                    shares.set(j, shares.get(j) * factor);
                }
            }
        });
    }

    void accuracy(int rows, int columns, Buffer scores, Indices labels, Buffer out) {
        NativeFloats values = own(scores).reading();
        NativeInts classes = Nd4jIndices.own(labels).reading();
        double[] found = Stretches.sum(parallel, 0, rows, columns, 2, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                int label = classes.get(i);
                if (label >= 0) {
                    sums[0] += best(columns, values, (long) i * columns) == label ? 1 : 0;
                    sums[1]++;
                }
            }
        });
        own(out).writing().set(0, (float) (found[0] / found[1]));
    }

    private static int best(int columns, NativeFloats scores, long at) {
        int best = 0;
        for (int j = 1; j < columns; j++) {
            best = scores.get(at + j) > scores.get(at + best) ? j : best;
        }
        return best;
    }

    /** With weights and smoothing the smoothed share of a class counts with its own weight, as in PyTorch. */
    void crossEntropy(
            int rows,
            int columns,
            Buffer logits,
            Indices labels,
            float smoothing,
            Buffer weights,
            Buffer gradient,
            Buffer loss,
            Buffer divisor) {
        NativeFloats x = own(logits).reading();
        NativeInts classes = Nd4jIndices.own(labels).reading();
        NativeFloats to = own(gradient).writing();
        double[] weight = new double[columns];
        double ofAll = 0;
        for (int j = 0; j < columns; j++) {
            weight[j] = weights.capacity() == 0 ? 1 : own(weights).reading().get(j);
            ofAll += weight[j];
        }
        double all = ofAll;
        double share = smoothing / (double) columns;
        double[] found = Stretches.sum(parallel, 0, rows, columns, 2, (first, end, sums) -> {
            for (int i = first; i < end; i++) {
                long at = (long) i * columns;
                int label = classes.get(i);
                if (label < 0) {
                    to.fill(at, at + columns, 0);
                    continue;
                }
                float max = max(x, at, columns);
                double sum = exponentials(x, at, columns, max, to);
                double log = max + Math.log(sum);
                double own = (1 - smoothing) * weight[label];
                double factor = (own + share * all) / sum;
                sums[0] += own * (log - x.get(at + label));
                for (int j = 0; j < columns; j++) {
                    double part = share * weight[j];
                    sums[0] += part == 0 ? 0 : part * (log - x.get(at + j));
                    to.set(at + j, (float) (to.get(at + j) * factor - part - (j == label ? own : 0)));
                }
                sums[1] += weight[label];
            }
        });
        double over = found[1] == 0 ? 1 : found[1];
        own(loss).writing().set(0, (float) (found[0] / over));
        NativeFloats rest = own(divisor).writing();
        rest.set(0, (float) over);
        rest.set(1, (float) (over - (float) over));
    }
}
