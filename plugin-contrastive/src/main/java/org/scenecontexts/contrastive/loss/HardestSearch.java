package org.scenecontexts.contrastive.loss;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;

/** One call of {@link ContrastKernels#hardest} on the processor. */
final class HardestSearch {

    /** Added to squared distances before the root, as published. */
    private static final double EPSILON = 1e-7;

    private final TensorEngine engine;
    private final ContrastKernels.Hardest call;
    private final int channels;
    private final Side first;
    private final Side second;
    private final Side candidates0;
    private final Side candidates1;
    private final long[] matches;

    /** Features of some points and where their gradient goes. */
    private record Side(float[] values, int at, float[] gradient, int atGradient, int rows) {

        static Side of(Buffer values, Buffer gradient, int rows) {
            return new Side(values.array(), values.arrayOffset(), gradient.array(), gradient.arrayOffset(), rows);
        }
    }

    HardestSearch(TensorEngine engine, ContrastKernels.Hardest call) {
        this.engine = engine;
        this.call = call;
        ContrastKernels.Rows rows = call.rows();
        channels = call.channels();
        first = Side.of(call.first(), call.gradFirst(), rows.first().length());
        second = Side.of(call.second(), call.gradSecond(), rows.second().length());
        candidates0 = Side.of(
                call.candidates0(), call.gradCandidates0(), rows.candidates0().length());
        candidates1 = Side.of(
                call.candidates1(), call.gradCandidates1(), rows.candidates1().length());
        matches = new long[rows.matchFirst().length()];
        Arrays.setAll(
                matches,
                i -> key(rows.matchFirst().host()[i], rows.matchSecond().host()[i]));
        Arrays.sort(matches);
    }

    private static long key(int first, int second) {
        return (long) first << 32 | second;
    }

    private boolean match(int firstRow, int secondRow) {
        return Arrays.binarySearch(matches, key(firstRow, secondRow)) >= 0;
    }

    void run() {
        for (Side side : new Side[] {first, second, candidates0, candidates1}) {
            Arrays.fill(side.gradient, side.atGradient, side.atGradient + side.rows * channels, 0);
        }
        double positive = positives();
        int[] hardest1 = hardest(first, candidates1);
        int[] hardest0 = hardest(second, candidates0);
        ContrastKernels.Rows rows = call.rows();
        for (int i = 0; i < first.rows; i++) {
            int row1 = rows.candidates1().host()[hardest1[i]];
            int row0 = rows.candidates0().host()[hardest0[i]];
            hardest1[i] = match(rows.first().host()[i], row1) ? -1 : hardest1[i];
            hardest0[i] = match(row0, rows.second().host()[i]) ? -1 : hardest0[i];
        }
        double negative = (negatives(first, candidates1, hardest1) + negatives(second, candidates0, hardest0)) / 2;
        double loss = positive + call.margins().negativeWeight() * negative;
        call.losses().copyIn(0, new float[] {(float) loss, (float) positive, (float) negative}, 0, 3);
    }

    private double positives() {
        double sum = 0;
        for (int i = 0; i < first.rows; i++) {
            double excess = squared(first, i, second, i) - call.margins().positive();
            if (excess > 0) {
                sum += excess;
                pull(first, i, second, i, 2.0 / first.rows);
            }
        }
        return sum / first.rows;
    }

    private double squared(Side a, int i, Side b, int j) {
        int from = a.at + i * channels;
        int to = b.at + j * channels;
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            double d = a.values[from + c] - b.values[to + c];
            sum += d * d;
        }
        return sum;
    }

    /** Adds {@code factor * (a_i - b_j)} to the gradient of a, and its opposite to that of b. */
    private void pull(Side a, int i, Side b, int j, double factor) {
        for (int c = 0; c < channels; c++) {
            float d = (float) (factor * (a.values[a.at + i * channels + c] - b.values[b.at + j * channels + c]));
            a.gradient[a.atGradient + i * channels + c] += d;
            b.gradient[b.atGradient + j * channels + c] -= d;
        }
    }

    /** The nearest candidate of every point. */
    private int[] hardest(Side points, Side candidates) {
        int[] nearest = new int[points.rows];
        engine.parallel().rows(points.rows, 64, (from, to) -> {
            for (int i = from; i < to; i++) {
                double best = Double.POSITIVE_INFINITY;
                for (int j = 0; j < candidates.rows; j++) {
                    double distance = squared(points, i, candidates, j);
                    if (distance < best) {
                        best = distance;
                        nearest[i] = j;
                    }
                }
            }
        });
        return nearest;
    }

    private double negatives(Side points, Side candidates, int[] hardest) {
        int used = 0;
        for (int candidate : hardest) {
            used += candidate >= 0 ? 1 : 0;
        }
        ContrastKernels.Margins margins = call.margins();
        double sum = 0;
        for (int i = 0; i < hardest.length; i++) {
            if (hardest[i] < 0) {
                continue;
            }
            double distance = Math.sqrt(squared(points, i, candidates, hardest[i]) + EPSILON);
            double missing = margins.negative() - distance;
            if (missing > 0) {
                sum += missing * missing;
                double factor = -margins.negativeWeight() * missing / (distance * used);
                pull(points, i, candidates, hardest[i], factor);
            }
        }
        return used == 0 ? 0 : sum / used;
    }
}
