package org.scenecontexts.contrastive.loss.composed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.contrastive.loss.ContrastKernels;
import org.scenecontexts.contrastive.loss.ContrastKernels.RowList;

/**
 * One call of {@link ContrastKernels#hardest}. Which candidates are matches of which points is known to the host, which one is
 * the nearest is not: so a matrix of those that count is brought over, and the nearest is looked up in it there.
 */
final class ComposedHardest {

    /** Added to squared distances before the root, as published. */
    private static final float EPSILON = 1e-7f;

    private final LossParts parts;
    private final DenseKernels dense;
    private final ContrastKernels.Hardest call;
    private final int channels;
    private final int points;

    ComposedHardest(LossParts parts, ContrastKernels.Hardest call) {
        this.parts = parts;
        this.call = call;
        dense = parts.dense();
        channels = call.channels();
        points = call.rows().first().length();
    }

    void run() {
        ContrastKernels.Rows rows = call.rows();
        Buffer positive = call.losses().slice(1, 1);
        Buffer negative = call.losses().slice(2, 1);
        matches(positive);
        dense.fill(1, 0, negative);
        new Side(
                        call.first(),
                        call.candidates1(),
                        Known.of(rows.first(), rows.candidates1(), rows.matchFirst(), rows.matchSecond()),
                        call.gradFirst(),
                        call.gradCandidates1())
                .push(negative);
        new Side(
                        call.second(),
                        call.candidates0(),
                        Known.of(rows.second(), rows.candidates0(), rows.matchSecond(), rows.matchFirst()),
                        call.gradSecond(),
                        call.gradCandidates0())
                .push(negative);
        dense.copy(1, positive, call.losses());
        dense.axpy(1, (float) call.margins().negativeWeight(), negative, call.losses());
    }

    /** The part of the matches, and its gradients, which begin those of the points. */
    private void matches(Buffer loss) {
        int numbers = points * channels;
        Groups each = new Groups.Equal(points, channels);
        Buffer apart = parts.take(points, channels);
        Buffer excess = parts.take(points, 1);
        Buffer factor = parts.take(points, 1);
        dense.subtract(numbers, call.first(), call.second(), apart);
        parts.groups().sumProducts(each, 1, apart, apart, excess, false);
        parts.pointwise().shift(points, (float) -call.margins().positive(), excess, excess);
        dense.relu(points, excess, excess);
        parts.groups().sum(Groups.whole(points), 1, true, excess, loss, false);
        dense.fill(points, 2f / points, factor);
        dense.reluBackward(points, excess, factor, factor);
        parts.groups().multiply(each, 1, apart, factor, apart);
        dense.copy(numbers, apart, call.gradFirst());
        dense.scale(numbers, -1, apart, call.gradSecond());
        parts.give(factor, excess, apart);
    }

    /**
     * Which candidates are matches of a point.
     *
     * @param byPoint places among the candidates for each point
     */
    private record Known(int[][] byPoint, int candidates) {

        private static final int[] NONE = {};

        static Known of(RowList points, RowList candidates, RowList own, RowList other) {
            Map<Integer, int[]> places = new HashMap<>();
            for (int j = 0; j < candidates.length(); j++) {
                places.merge(candidates.host()[j], new int[] {j}, Known::joined);
            }
            Map<Integer, int[]> ofRow = new HashMap<>();
            for (int row : points.host()) {
                ofRow.putIfAbsent(row, NONE);
            }
            for (int m = 0; m < own.length(); m++) {
                int[] there = places.get(other.host()[m]);
                if (there != null && ofRow.containsKey(own.host()[m])) {
                    ofRow.merge(own.host()[m], there, Known::joined);
                }
            }
            int[][] byPoint = Arrays.stream(points.host()).mapToObj(ofRow::get).toArray(int[][]::new);
            return new Known(byPoint, candidates.length());
        }

        private static int[] joined(int[] a, int[] b) {
            int[] all = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, all, a.length, b.length);
            return all;
        }

        /** 1 where the candidate of a row counts for the point of a column, 0 or less where it is a match of it. */
        void write(LossParts parts, int first, int n, Buffer counts) {
            int[] at = new int
                    [Arrays.stream(byPoint, first, first + n)
                            .mapToInt(p -> p.length)
                            .sum()];
            int filled = 0;
            for (int i = 0; i < n; i++) {
                for (int candidate : byPoint[first + i]) {
                    at[filled++] = candidate * n + i;
                }
            }
            parts.dense().fill(candidates * n, 1, counts);
            if (filled > 0) {
                Indices where = parts.bring(at, filled, candidates * n);
                Buffer less = parts.take(filled, 1);
                parts.dense().fill(filled, -1, less);
                parts.dense().scatterAddRows(filled, 1, less, where, candidates * n, counts);
                parts.give(less);
                where.release();
            }
        }
    }

    /** Points of one view, pushed away from the nearest candidates of the other. */
    private final class Side {
        private final Buffer values;
        private final Buffer candidates;
        private final Known known;
        private final Buffer gradValues;
        private final Buffer gradCandidates;
        private final Buffer counts = parts.take(points, 1);
        private final Buffer missing = parts.take(points, 1);
        private final Buffer push = parts.take(points, channels);

        Side(Buffer values, Buffer candidates, Known known, Buffer gradValues, Buffer gradCandidates) {
            this.values = values;
            this.candidates = candidates;
            this.known = known;
            this.gradValues = gradValues;
            this.gradCandidates = gradCandidates;
        }

        /** Adds half of the mean over what counts to the loss, and its gradients. */
        void push(Buffer loss) {
            int numbers = known.candidates * channels;
            dense.fill(numbers, 0, gradCandidates);
            int tile = NearestFeatures.queries(known.candidates, channels);
            for (int from = 0; from < points; from += tile) {
                tile(from, Math.min(tile, points - from));
            }
            Buffer over = parts.take(1, 1);
            Buffer sum = parts.take(1, 1);
            // One over how many count; where none does, all sums are zero.
            dense.sum(points, counts, over);
            parts.pointwise().shift(1, -1, over, over);
            dense.relu(1, over, over);
            parts.pointwise().shift(1, 1, over, over);
            parts.pointwise().apply(Pointwise.RECIPROCAL, 1, 0, over, over);
            parts.groups().sumProducts(Groups.whole(points), 1, missing, missing, sum, false);
            dense.multiply(1, sum, over, sum);
            dense.axpy(1, 0.5f, sum, loss);
            dense.scaleBy(points * channels, over, push, push);
            dense.axpy(points * channels, 1, push, gradValues);
            dense.scaleBy(numbers, over, gradCandidates, gradCandidates);
            parts.give(sum, over, push, missing, counts);
        }

        private void tile(int first, int n) {
            int count = known.candidates;
            Buffer queries = values.slice(first * channels, n * channels);
            Buffer away = push.slice(first * channels, n * channels);
            Buffer negative = parts.take(n, 1);
            Indices winner = parts.takeIndices(n, count);
            new NearestFeatures(parts).search(n, count, channels, queries, candidates, winner, negative);
            counting(first, n, winner);
            // Away from the candidate, by what is missing over the distance: its gradient without weight and mean.
            Buffer nearest = parts.take(n, channels);
            dense.gatherRows(n, channels, candidates.slice(0, count * channels), winner, nearest);
            dense.subtract(n * channels, queries, nearest, away);
            slopes(first, n, negative);
            parts.groups().multiply(new Groups.Equal(n, channels), 1, away, negative, away);
            dense.scale(n * channels, -1, away, nearest);
            dense.scatterAddRows(n, channels, nearest, winner, count, gradCandidates);
            parts.give(nearest, negative);
            winner.release();
        }

        /** Looks up whether the nearest candidates count. */
        private void counting(int first, int n, Indices winner) {
            int numbers = known.candidates * n;
            Groups whole = Groups.whole(known.candidates);
            Buffer allowed = parts.take(known.candidates, n);
            Buffer chosen = parts.take(known.candidates, n);
            Buffer ones = parts.take(n, 1);
            known.write(parts, first, n, allowed);
            dense.relu(numbers, allowed, allowed);
            dense.fill(n, 1, ones);
            parts.groups().maxGradient(whole, n, ones, winner, chosen);
            parts.groups().sumProducts(whole, n, chosen, allowed, counts.slice(first, n), false);
            parts.give(ones, chosen, allowed);
        }

        /**
         * What is missing to the margin, and in place of minus the squared distances what differences are multiplied with.
         */
        private void slopes(int first, int n, Buffer negative) {
            Buffer distance = parts.take(n, 1);
            Buffer less = missing.slice(first, n);
            parts.from(n, EPSILON, negative, distance);
            parts.pointwise().apply(Pointwise.SQRT, n, 0, distance, distance);
            parts.from(n, (float) call.margins().negative(), distance, less);
            dense.relu(n, less, less);
            dense.multiply(n, less, counts.slice(first, n), less);
            parts.pointwise().divide(n, less, distance, negative);
            dense.scale(n, (float) -call.margins().negativeWeight(), negative, negative);
            parts.give(distance);
        }
    }
}
