package org.scenecontexts.sparseconv.kernel.device;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * A kernel map as {@code conv.cl} reads it for the gradient of weights: its pairs list by list, cut into chunks that are
 * summed up apart and added in their order.
 *
 * @param in input row of each pair
 * @param out output row of each pair
 * @param chunks first pair of each chunk, and the number of pairs
 * @param count number of chunks, of which some may be empty
 * @param first first chunk of each list, and the number of chunks
 * @param slices weight slice of each list
 * @param own which of these are closed with this
 */
record MapPairs(Indices in, Indices out, Indices chunks, int count, Indices first, Indices slices, List<Indices> own)
        implements KernelMap.Derived {

    /** Least pairs of a chunk. */
    static final int LEAST = 512;

    /** About as many chunks as there may be beside one for each list: each has a matrix of partial sums. */
    static final int MOST = 512;

    /** What does not depend on the weights, as a device finds it. */
    record Chunked(Indices in, Indices out, Indices chunks, int count, Indices first) implements KernelMap.Derived {
        @Override
        public void close() {
            Closing.all(in, out, chunks, first);
        }
    }

    /** How many whole chunks so many pairs make at most; each list has at most one more that is not whole. */
    static int mostWhole(int pairs) {
        return Math.min(MOST, pairs / LEAST);
    }

    /** Of pairs that a device has found, which others may share. */
    static MapPairs of(TensorEngine engine, KernelMap map, Chunked found) {
        return of(engine, map, found, false);
    }

    private static MapPairs of(TensorEngine engine, KernelMap map, Chunked found, boolean owned) {
        Indices slices = MapTables.slices(engine, map);
        return new MapPairs(
                found.in,
                found.out,
                found.chunks,
                found.count,
                found.first,
                slices,
                owned ? List.of(found.in, found.out, found.chunks, found.first, slices) : List.of(slices));
    }

    /** Of the pairs that the host has found. */
    static MapPairs of(TensorEngine engine, KernelMap map) {
        int pairs = map.pairs();
        int chunk = Math.max(LEAST, Math.ceilDiv(pairs, MOST));
        int[] in = new int[pairs];
        int[] out = new int[pairs];
        int[] first = new int[map.lists() + 1];
        List<Integer> chunks = new ArrayList<>();
        int size = 0;
        for (int list = 0; list < map.lists(); list++) {
            int from = size;
            for (int block = 0; block < map.blocks(); block++) {
                int[] pair = map.pair(block);
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    in[size] = KernelMap.inRow(pair[p]);
                    out[size++] = map.firstRow(block) + KernelMap.outRow(pair[p]);
                }
            }
            for (int at = from; at < size; at += chunk) {
                chunks.add(at);
            }
            first[list + 1] = chunks.size();
        }
        int count = chunks.size();
        chunks.add(size);
        return of(
                engine,
                map,
                new Chunked(
                        engine.indices(in, Math.max(1, map.inRows())),
                        engine.indices(out, Math.max(1, map.outRows())),
                        engine.indices(
                                chunks.stream().mapToInt(Integer::intValue).toArray(), size + 1),
                        count,
                        engine.indices(first, count + 1)),
                true);
    }

    @Override
    public void close() {
        Closing.all(own);
    }
}
