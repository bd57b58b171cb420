package org.scenecontexts.contrastive.loss.composed;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.contrastive.loss.ContrastKernels;

/** One call of {@link ContrastKernels#recall}: queries one after the other that look among the same rows are answered together. */
final class ComposedRecall {

    private static final int AXES = 3;

    private final LossParts parts;
    private final ContrastKernels.Recall call;
    private final DenseKernels dense;
    private final int channels;

    ComposedRecall(LossParts parts, ContrastKernels.Recall call) {
        this.parts = parts;
        this.call = call;
        dense = parts.dense();
        channels = call.channels();
    }

    void run() {
        int n = call.queries();
        if (n == 0) {
            dense.fill(1, Float.NaN, call.share());
            return;
        }
        Buffer beyond = parts.take(n, 1);
        for (int q = 0; q < n; ) {
            int end = together(q);
            answer(q, end - q, beyond.slice(q, end - q));
            q = end;
        }
        Buffer ones = parts.take(n, 1);
        Buffer missed = parts.take(n, 1);
        dense.fill(n, 1, ones);
        dense.reluBackward(n, beyond, ones, missed);
        dense.subtract(n, ones, missed, ones);
        parts.groups().sum(Groups.whole(n), 1, true, ones, call.share(), false);
        parts.give(missed, ones, beyond);
    }

    /** Where the queries end that look among the rows of this one, as many as fit into memory. */
    private int together(int first) {
        int rows = call.to()[first] - call.from()[first] + 1;
        int most = (int) Math.min(call.queries(), (long) first + NearestFeatures.queries(rows, channels));
        int end = first + 1;
        while (end < most && call.from()[end] == call.from()[first] && call.to()[end] == call.to()[first]) {
            end++;
        }
        return end;
    }

    /** @param beyond by how much squared distances from the truth are above that of the radius, {@code [n]} */
    private void answer(int first, int n, Buffer beyond) {
        int start = call.from()[first];
        int rows = call.to()[first] - start + 1;
        int all = call.features0().capacity() / channels;
        Indices row = parts.bring(Arrays.copyOfRange(call.row(), first, first + n), n, all);
        Indices winner = parts.takeIndices(n, rows);
        Buffer queries = parts.take(n, channels);
        Buffer negative = parts.take(n, 1);
        dense.gatherRows(n, channels, call.features0(), row, queries);
        new NearestFeatures(parts)
                .search(
                        n,
                        rows,
                        channels,
                        queries,
                        call.features1().slice(start * channels, rows * channels),
                        winner,
                        negative);
        distances(first, n, winner, beyond);
        parts.pointwise().shift(n, (float) -(call.radius() * call.radius()), beyond, beyond);
        parts.give(negative, queries);
        winner.release();
        row.release();
    }

    private void distances(int first, int n, Indices winner, Buffer squared) {
        int start = call.from()[first];
        int rows = call.to()[first] - start + 1;
        float[] places = Arrays.copyOfRange(call.positions1(), AXES * start, AXES * (start + rows));
        float[] wanted = new float[AXES * n];
        for (int q = 0; q < n; q++) {
            System.arraycopy(call.positions1(), AXES * call.truth()[first + q], wanted, AXES * q, AXES);
        }
        Buffer positions = parts.bring(places, places.length);
        Buffer truth = parts.bring(wanted, wanted.length);
        Buffer found = parts.take(n, AXES);
        dense.gatherRows(n, AXES, positions.slice(0, places.length), winner, found);
        dense.subtract(n * AXES, found, truth, found);
        parts.groups().sumProducts(new Groups.Equal(n, AXES), 1, found, found, squared, false);
        parts.give(found, truth, positions);
    }
}
