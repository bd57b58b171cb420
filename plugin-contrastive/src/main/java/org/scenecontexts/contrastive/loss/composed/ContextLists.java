package org.scenecontexts.contrastive.loss.composed;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.contrastive.partition.Partitioner;
import org.scenecontexts.contrastive.partition.Positions;

/**
 * Similarities of some anchors in the order of their contexts: one list for each anchor and context, which begins with the
 * anchor's own match and goes on with the points of that context. Found on the host, which knows the positions.
 *
 * @param at for each entry of a list where it is in the matrix of similarities, {@code [anchors, n]}
 * @param starts first entry of each list, {@code [anchors * contexts]}, and the number of entries at the end
 */
record ContextLists(int[] at, int[] starts) {

    /**
     * Sorts the points around some anchors.
     *
     * @param first of the anchors
     * @param anchors how many
     */
    static ContextLists of(Parallel parallel, Partitioner partitioner, Positions positions, int first, int anchors) {
        int n = positions.size();
        int contexts = partitioner.count();
        int[] sizes = new int[anchors * contexts];
        int[] sorted = new int[anchors * n];
        parallel.rows(anchors, 1, (from, to) -> {
            int[] around = new int[n];
            for (int i = from; i < to; i++) {
                partitioner.contexts(first + i, positions, around);
                around[first + i] = Partitioner.NONE;
                System.arraycopy(around, 0, sorted, i * n, n);
                Arrays.fill(sizes, i * contexts, (i + 1) * contexts, 1);
                for (int context : around) {
                    if (context >= 0) {
                        sizes[i * contexts + context]++;
                    }
                }
            }
        });
        int[] starts = new int[sizes.length + 1];
        for (int list = 0; list < sizes.length; list++) {
            starts[list + 1] = Math.addExact(starts[list], sizes[list]);
        }
        int[] at = new int[starts[sizes.length]];
        parallel.rows(anchors, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                int[] next = Arrays.copyOfRange(starts, i * contexts, (i + 1) * contexts);
                for (int c = 0; c < contexts; c++) {
                    at[next[c]++] = i * n + first + i;
                }
                for (int j = 0; j < n; j++) {
                    int context = sorted[i * n + j];
                    if (context >= 0) {
                        at[next[context]++] = i * n + j;
                    }
                }
            }
        });
        return new ContextLists(at, starts);
    }

    /** How many lists there are. */
    int lists() {
        return starts.length - 1;
    }

    /** Entries of all lists together. */
    int entries() {
        return at.length;
    }
}
