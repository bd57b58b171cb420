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
 * @param count number of chunks
 * @param first first chunk of each list, and the number of chunks
 * @param slices weight slice of each list
 */
record MapPairs(Indices in, Indices out, Indices chunks, int count, Indices first, Indices slices)
        implements KernelMap.Derived {

    /** Least pairs of a chunk. */
    private static final int LEAST = 512;

    /** About as many chunks as there may be beside one for each list: each has a matrix of partial sums. */
    private static final int MOST = 512;

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
        return new MapPairs(
                engine.indices(in, Math.max(1, map.inRows())),
                engine.indices(out, Math.max(1, map.outRows())),
                engine.indices(chunks.stream().mapToInt(Integer::intValue).toArray(), size + 1),
                count,
                engine.indices(first, count + 1),
                MapTables.slices(engine, map));
    }

    @Override
    public void close() {
        Closing.all(in, out, chunks, first, slices);
    }
}
