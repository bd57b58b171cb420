package org.scenecontexts.engine.cpu.family;

import java.util.Arrays;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.engine.cpu.dense.Loops;

/** Losses, in double precision where their formulas cancel. */
final class CpuLosses implements LossKernels {

    private final Parallel parallel;
    private final Supplier<Loops> loops;

    CpuLosses(Parallel parallel, Supplier<Loops> loops) {
        this.parallel = parallel;
        this.loops = loops;
    }

    // ---- pairs ------------------------------------------------------------------------------------------------

    @Override
    public void pair(Pair loss, int n, float parameter, float alpha, Buffer x, Buffer target, Buffer out) {
        float[] values = x.array();
        float[] targets = target.array();
        float[] to = out.array();
        int atX = x.arrayOffset();
        int atT = target.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(n, Pieces.NUMBERS, (from, end) -> {
            for (int i = from; i < end; i++) {
                double v = values[atX + i];
                double t = targets[atT + i];
                to[atOut + i] = (float)
                        switch (loss) {
                            case SMOOTH_L1 -> smoothL1(Math.abs(v - t), parameter);
                            case BINARY_CROSS_ENTROPY -> binary(v, t);
                            case BINARY_FOCAL -> weight(t, alpha) * Math.pow(miss(v, t), parameter) * binary(v, t);
                        };
            }
        });
    }

    @Override
    public void pairGradient(
            Pair loss, int n, float parameter, float alpha, Buffer x, Buffer target, Buffer gradOut, Buffer gradIn) {
        float[] values = x.array();
        float[] targets = target.array();
        float[] out = gradOut.array();
        float[] in = gradIn.array();
        int atX = x.arrayOffset();
        int atT = target.arrayOffset();
        int atOut = gradOut.arrayOffset();
        int atIn = gradIn.arrayOffset();
        parallel.rows(n, Pieces.NUMBERS, (from, end) -> {
            for (int i = from; i < end; i++) {
                double v = values[atX + i];
                double t = targets[atT + i];
                double slope = switch (loss) {
                    case SMOOTH_L1 -> Math.clamp((v - t) / parameter, -1, 1);
                    case BINARY_CROSS_ENTROPY -> sigmoid(v) - t;
                    case BINARY_FOCAL -> focalSlope(v, t, parameter, alpha);
                };
                in[atIn + i] = (float) (out[atOut + i] * slope);
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
        int chunk = Pieces.rows(columns);
        int chunks = Pieces.count(rows, chunk);
        double[] losses = new double[chunks];
        double[] counted = new double[chunks];
        float[] x = logits.array();
        float[] to = gradient.array();
        int[] classes = labels.array();
        int atX = logits.arrayOffset();
        int atTo = gradient.arrayOffset();
        parallel.run(chunks, c -> {
            for (int i = c * chunk; i < Math.min(rows, (c + 1) * chunk); i++) {
                int label = classes[i];
                int at = atTo + i * columns;
                if (label < 0) {
                    Arrays.fill(to, at, at + columns, 0f);
                    continue;
                }
                double weight = weights.capacity() == 0 ? 1 : weights.array()[weights.arrayOffset() + label];
                losses[c] += focalRow(columns, gamma, weight, label, x, atX + i * columns, to, at);
                counted[c] += weight;
            }
        });
        double sum = 0;
        double count = 0;
        for (int c = 0; c < chunks; c++) {
            sum += losses[c];
            count += counted[c];
        }
        double over = count == 0 ? 1 : count;
        loss.array()[loss.arrayOffset()] = (float) (sum / over);
        divisor.array()[divisor.arrayOffset()] = (float) over;
        divisor.array()[divisor.arrayOffset() + 1] = (float) (over - (float) over);
    }

    private double focalRow(
            int columns, double gamma, double weight, int label, float[] x, int atX, float[] to, int at) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < columns; j++) {
            max = Math.max(max, x[atX + j]);
        }
        loops.get().functions().expMinus(columns, x, atX, max, to, at);
        double others = 0;
        for (int j = 0; j < columns; j++) {
            others += j == label ? 0 : to[at + j];
        }
        double sum = others + to[at + label];
        double share = to[at + label] / sum;
        double rest = others / sum;
        double log = ((double) x[atX + label] - max) - Math.log(sum);
        double power = Math.pow(rest, gamma);
        double ofPower = gamma == 0 || rest == 0 ? 0 : gamma * share * Math.pow(rest, gamma - 1) * log;
        double slope = weight * (ofPower - power);
        for (int j = 0; j < columns; j++) {
            to[at + j] = (float) (j == label ? slope * rest : -slope * (to[at + j] / sum));
        }
        return -weight * power * log;
    }

    // ---- Lovasz -----------------------------------------------------------------------------------------------

    @Override
    public void lovasz(int rows, int columns, Buffer shares, Indices labels, Buffer gradient, Buffer loss) {
        float[] p = shares.array();
        float[] to = gradient.array();
        int[] classes = labels.array();
        int atP = shares.arrayOffset();
        int atTo = gradient.arrayOffset();
        int[] counts = new int[columns];
        int labelled = 0;
        for (int i = 0; i < rows; i++) {
            if (classes[i] >= 0) {
                counts[classes[i]]++;
                labelled++;
            }
        }
        int present = (int) Arrays.stream(counts).filter(count -> count > 0).count();
        int[] valid = new int[labelled];
        int at = 0;
        for (int i = 0; i < rows; i++) {
            if (classes[i] >= 0) {
                valid[at++] = i;
            }
        }
        parallel.rows(rows * columns, Pieces.NUMBERS, (from, end) -> Arrays.fill(to, atTo + from, atTo + end, 0f));
        double[] losses = new double[columns];
        parallel.run(columns, c -> {
            if (counts[c] > 0) {
                losses[c] = lovaszClass(c, columns, counts[c], present, valid, classes, p, atP, to, atTo);
            }
        });
        double sum = 0;
        for (double part : losses) {
            sum += part;
        }
        loss.array()[loss.arrayOffset()] = (float) (present == 0 ? 0 : sum / present);
    }

    /** Errors from the largest on; each counts with what the Jaccard loss grows by when it is made. */
    private static double lovaszClass(
            int c,
            int columns,
            int members,
            int present,
            int[] valid,
            int[] classes,
            float[] p,
            int atP,
            float[] to,
            int atTo) {
        long[] order = new long[valid.length];
        for (int v = 0; v < valid.length; v++) {
            int i = valid[v];
            float error = Math.abs((classes[i] == c ? 1f : 0f) - p[atP + i * columns + c]);
            order[v] = (long) ~Float.floatToIntBits(error) << Integer.SIZE | v;
        }
        Arrays.sort(order);
        double loss = 0;
        double before = 0;
        int found = 0;
        for (int k = 0; k < order.length; k++) {
            int i = valid[(int) order[k]];
            boolean member = classes[i] == c;
            found += member ? 1 : 0;
            double jaccard = 1 - (double) (members - found) / (members + (k + 1 - found));
            double growth = jaccard - before;
            before = jaccard;
            float signed = p[atP + i * columns + c] - (member ? 1f : 0f);
            loss += Math.abs(signed) * growth;
            to[atTo + i * columns + c] = (float) (Math.signum(signed) * growth / present);
        }
        return loss;
    }
}
