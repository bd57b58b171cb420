package org.scenecontexts.nd4j.family;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.nd4j.dense.Stretches;
import org.scenecontexts.nd4j.memory.NativeFloats;
import org.scenecontexts.nd4j.memory.NativeInts;
import org.scenecontexts.nd4j.memory.Nd4jIndices;

/** Losses in double precision, where their formulas cancel, on ND4J's memory. */
final class Nd4jLosses implements LossKernels {

    private final Parallel parallel;

    Nd4jLosses(Parallel parallel) {
        this.parallel = parallel;
    }

    // ---- pairs ------------------------------------------------------------------------------------------------

    @Override
    public void pair(Pair loss, int n, float parameter, float alpha, Buffer x, Buffer target, Buffer out) {
        NativeFloats values = own(x).reading();
        NativeFloats targets = own(target).reading();
        NativeFloats to = own(out).writing();
        parallel.rows(n, Stretches.NUMBERS, (from, end) -> {
            for (int i = from; i < end; i++) {
                double v = values.get(i);
                double t = targets.get(i);
                double found = switch (loss) {
                    case SMOOTH_L1 -> smoothL1(Math.abs(v - t), parameter);
                    case BINARY_CROSS_ENTROPY -> binary(v, t);
                    case BINARY_FOCAL -> weight(t, alpha) * Math.pow(miss(v, t), parameter) * binary(v, t);
                };
                to.set(i, (float) found);
            }
        });
    }

    @Override
    public void pairGradient(
            Pair loss, int n, float parameter, float alpha, Buffer x, Buffer target, Buffer gradOut, Buffer gradIn) {
        NativeFloats values = own(x).reading();
        NativeFloats targets = own(target).reading();
        NativeFloats g = own(gradOut).reading();
        NativeFloats to = own(gradIn).writing();
        parallel.rows(n, Stretches.NUMBERS, (from, end) -> {
            for (int i = from; i < end; i++) {
                double v = values.get(i);
                double t = targets.get(i);
                double slope = switch (loss) {
                    case SMOOTH_L1 -> Math.clamp((v - t) / parameter, -1, 1);
                    case BINARY_CROSS_ENTROPY -> sigmoid(v) - t;
                    case BINARY_FOCAL -> focalSlope(v, t, parameter, alpha);
                };
                to.set(i, (float) (g.get(i) * slope));
            }
        });
    }

    private static double smoothL1(double distance, double beta) {
        return distance < beta ? distance * distance / (2 * beta) : distance - beta / 2;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double binary(double x, double t) {
        return Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** One less the probability that is given to the target. */
    private static double miss(double x, double t) {
        return t * sigmoid(-x) + (1 - t) * sigmoid(x);
    }

    private static double weight(double t, float alpha) {
        return alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t);
    }

    private static double focalSlope(double x, double t, double gamma, float alpha) {
        double miss = miss(x, t);
        double missSlope = (1 - 2 * t) * sigmoid(x) * sigmoid(-x);
        double ofPower = gamma == 0 || miss == 0 ? 0 : binary(x, t) * gamma * Math.pow(miss, gamma - 1) * missSlope;
        return weight(t, alpha) * ((sigmoid(x) - t) * Math.pow(miss, gamma) + ofPower);
    }

    // ---- focal cross-entropy ----------------------------------------------------------------------------------

    @Override
    public void focal(
            int rows,
            int columns,
            double gamma,
            Buffer logits,
            Indices labels,
            Buffer weights,
            Buffer gradient,
            Buffer loss,
            Buffer divisor) {
        NativeFloats x = own(logits).reading();
        NativeInts classes = Nd4jIndices.own(labels).reading();
        NativeFloats to = own(gradient).writing();
        double[] weight = new double[columns];
        for (int j = 0; j < columns; j++) {
            weight[j] = weights.capacity() == 0 ? 1 : own(weights).reading().get(j);
        }
        double[] found = Stretches.sum(parallel, 0, rows, columns, 2, (from, end, sums) -> {
            for (int i = from; i < end; i++) {
                int label = classes.get(i);
                if (label < 0) {
                    to.fill((long) i * columns, (i + 1L) * columns, 0);
                    continue;
                }
                sums[0] += focalRow(columns, gamma, weight[label], label, x, (long) i * columns, to);
                sums[1] += weight[label];
            }
        });
        double over = found[1] == 0 ? 1 : found[1];
        own(loss).writing().set(0, (float) (found[0] / over));
        NativeFloats rest = own(divisor).writing();
        rest.set(0, (float) over);
        rest.set(1, (float) (over - (float) over));
    }

    private static double focalRow(
            int columns, double gamma, double weight, int label, NativeFloats x, long at, NativeFloats to) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < columns; j++) {
            max = Math.max(max, x.get(at + j));
        }
        double[] shares = new double[columns];
        double others = 0;
        for (int j = 0; j < columns; j++) {
            shares[j] = Math.exp(x.get(at + j) - max);
            others += j == label ? 0 : shares[j];
        }
        double sum = others + shares[label];
        double share = shares[label] / sum;
        double rest = others / sum;
        double log = x.get(at + label) - max - Math.log(sum);
        double power = Math.pow(rest, gamma);
        double ofPower = gamma == 0 || rest == 0 ? 0 : gamma * share * Math.pow(rest, gamma - 1) * log;
        double slope = weight * (ofPower - power);
        for (int j = 0; j < columns; j++) {
            to.set(at + j, (float) (j == label ? slope * rest : -slope * (shares[j] / sum)));
        }
        return -weight * power * log;
    }

    // ---- Lovasz -----------------------------------------------------------------------------------------------

    @Override
    public void lovasz(int rows, int columns, Buffer shares, Indices labels, Buffer gradient, Buffer loss) {
        NativeFloats p = own(shares).reading();
        NativeInts classes = Nd4jIndices.own(labels).reading();
        NativeFloats to = own(gradient).writing();
        int[] valid = IntStream.range(0, rows).filter(i -> classes.get(i) >= 0).toArray();
        int[] counts = new int[columns];
        for (int i : valid) {
            counts[classes.get(i)]++;
        }
        int present = (int) Arrays.stream(counts).filter(count -> count > 0).count();
        to.fill(0, (long) rows * columns, 0);
        double[] losses = new double[columns];
        parallel.run(columns, c -> {
            if (counts[c] > 0) {
                losses[c] = lovaszClass(c, columns, counts[c], present, valid, classes, p, to);
            }
        });
        own(loss).writing().set(0, (float)
                (present == 0 ? 0 : Arrays.stream(losses).sum() / present));
    }

    /** Errors from the largest on; each counts with what the Jaccard loss grows by when it is made. */
    private static double lovaszClass(
            int c,
            int columns,
            int members,
            int present,
            int[] valid,
            NativeInts classes,
            NativeFloats p,
            NativeFloats to) {
        long[] order = new long[valid.length];
        for (int v = 0; v < valid.length; v++) {
            float truth = classes.get(valid[v]) == c ? 1f : 0f;
            float error = Math.abs(truth - p.get((long) valid[v] * columns + c));
            order[v] = (long) ~Float.floatToIntBits(error) << Integer.SIZE | v;
        }
        Arrays.sort(order);
        double loss = 0;
        double before = 0;
        int found = 0;
        for (int k = 0; k < order.length; k++) {
            int i = valid[(int) order[k]];
            boolean member = classes.get(i) == c;
            found += member ? 1 : 0;
            double jaccard = 1 - (double) (members - found) / (members + (k + 1 - found));
            double growth = jaccard - before;
            before = jaccard;
            float signed = p.get((long) i * columns + c) - (member ? 1f : 0f);
            loss += Math.abs(signed) * growth;
            to.set((long) i * columns + c, (float) (Math.signum(signed) * growth / present));
        }
        return loss;
    }
}
