package org.scenecontexts.contrastive.loss.composed;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.contrastive.loss.ContrastKernels;
import org.scenecontexts.contrastive.partition.Partitioner;
import org.scenecontexts.contrastive.partition.Positions;

/**
 * One call of {@link ContrastKernels#infoNce}: products around a softmax over lists of similarities, one for each anchor and
 * context (REFERENCE 4.3 items 5 to 7). A tile of anchors has at most {@value #TILE_NUMBERS} similarities, so that memory
 * beside it is O(n).
 */
final class ComposedInfoNce {

    private static final int TILE_NUMBERS = 1 << 20;
    private static final int LEAST_ANCHORS = 32;

    private final LossParts parts;
    private final DenseKernels dense;
    private final ContrastKernels.InfoNce call;
    private final Positions positions;
    private final int n;
    private final int channels;
    private final int contexts;

    ComposedInfoNce(LossParts parts, ContrastKernels.InfoNce call) {
        this.parts = parts;
        this.call = call;
        dense = parts.dense();
        n = call.points();
        channels = call.channels();
        contexts = call.weights().length;
        positions = Positions.of(call.positions(), IntStream.range(0, n).toArray());
    }

    void run() {
        int tile = Math.min(n, Math.max(LEAST_ANCHORS, TILE_NUMBERS / n));
        Buffer similarities = parts.take(tile, n);
        Buffer scaled = parts.take(tile, channels);
        // Logarithms of the shares of the matches, [n, contexts].
        Buffer own = parts.take(n, contexts);
        Anchors anchors =
                call.partitioner().rule().kind() == Partitioner.Kind.EVERYTHING ? new WholeRows(tile) : new Lists(tile);
        for (int from = 0; from < n; from += tile) {
            int rows = Math.min(tile, n - from);
            Buffer queries = call.queries().slice(from * channels, rows * channels);
            dense.scale(rows * channels, call.inverseTemperature(), queries, scaled);
            dense.gemm(false, true, rows, n, channels, scaled, call.keys(), similarities, false);
            anchors.gradient(from, rows, similarities, own.slice(from * contexts, rows * contexts));
            Buffer gradQueries = call.gradQueries().slice(from * channels, rows * channels);
            dense.gemm(false, false, rows, channels, n, similarities, call.keys(), gradQueries, false);
            dense.gemm(true, false, n, channels, rows, similarities, queries, call.gradKeys(), from > 0);
        }
        anchors.close();
        total(own);
        parts.give(own, scaled, similarities);
    }

    private void total(Buffer own) {
        Buffer weights = parts.bring(call.weights(), contexts);
        Buffer means = call.losses().slice(1, contexts);
        parts.groups().sum(Groups.whole(n), contexts, true, own, means, false);
        dense.scale(contexts, -1, means, means);
        parts.groups().sumProducts(Groups.whole(contexts), 1, weights, means, call.losses(), false);
        parts.give(weights);
    }

    /** What is done between similarities and their gradient. */
    private interface Anchors extends AutoCloseable {

        /**
         * Turns similarities into the gradient of the weighted sum of losses.
         *
         * @param from first anchor
         * @param rows how many
         * @param similarities {@code [rows, n]}, overwritten
         * @param own logarithm of the share of the match, {@code [rows, contexts]}, written
         */
        void gradient(int from, int rows, Buffer similarities, Buffer own);

        @Override
        void close();
    }

    private float weight(int context) {
        return call.weights()[context] * call.inverseTemperature() / n;
    }

    /** One context that everything is in. */
    private final class WholeRows implements Anchors {
        private final Buffer shares;

        WholeRows(int tile) {
            shares = parts.take(tile, n);
        }

        @Override
        public void gradient(int from, int rows, Buffer similarities, Buffer own) {
            int[] diagonal = IntStream.range(0, rows).map(i -> i * n + from + i).toArray();
            Indices matches = parts.bring(diagonal, rows, rows * n);
            parts.softmax().softmax(new Groups.Equal(rows, n), 1, true, similarities, shares);
            dense.gatherRows(rows, 1, shares.slice(0, rows * n), matches, own);
            parts.pointwise().apply(Pointwise.EXP, rows * n, 0, shares, similarities);
            dense.scale(rows * n, weight(0), similarities, similarities);
            Buffer less = parts.take(rows, 1);
            dense.fill(rows, -weight(0), less);
            dense.scatterAddRows(rows, 1, less, matches, rows * n, similarities);
            parts.give(less);
            matches.release();
        }

        @Override
        public void close() {
            parts.give(shares);
        }
    }

    /** Contexts of points around each anchor. */
    private final class Lists implements Anchors {

        /** The factor of each list, and what the match loses of it; those of fewer anchors begin the same. */
        private final Buffer factors;

        private final Buffer less;

        Lists(int tile) {
            float[] perList = new float[tile * contexts];
            for (int list = 0; list < perList.length; list++) {
                perList[list] = weight(list % contexts);
            }
            factors = parts.bring(perList, perList.length);
            less = parts.take(perList.length, 1);
            dense.scale(perList.length, -1, factors, less);
        }

        @Override
        public void gradient(int from, int rows, Buffer similarities, Buffer own) {
            ContextLists lists = ContextLists.of(parts.engine().parallel(), call.partitioner(), positions, from, rows);
            int entries = lists.entries();
            Indices at = parts.bring(lists.at(), entries, rows * n);
            Indices offsets = parts.bring(lists.starts(), lists.lists() + 1, entries + 1);
            Indices matches = parts.bring(Arrays.copyOf(lists.starts(), lists.lists()), lists.lists(), entries);
            Groups groups = new Groups.Ragged(offsets);
            Buffer sorted = parts.take(entries, 1);
            dense.gatherRows(entries, 1, similarities.slice(0, rows * n), at, sorted);
            parts.softmax().softmax(groups, 1, true, sorted, sorted);
            dense.gatherRows(lists.lists(), 1, sorted.slice(0, entries), matches, own);
            parts.pointwise().apply(Pointwise.EXP, entries, 0, sorted, sorted);
            parts.groups().multiply(groups, 1, sorted, factors, sorted);
            dense.scatterAddRows(lists.lists(), 1, less, matches, entries, sorted);
            dense.fill(rows * n, 0, similarities);
            dense.scatterAddRows(entries, 1, sorted, at, rows * n, similarities);
            parts.give(sorted);
            matches.release();
            offsets.release();
            at.release();
        }

        @Override
        public void close() {
            parts.give(less, factors);
        }
    }
}
