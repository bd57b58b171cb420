package org.scenecontexts.sparseconv.kernel.resident;

import java.util.Arrays;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * A kernel map as {@code conv.cl} reads it for sums over neighbours; made once per map and closed with its batch.
 *
 * @param neighbours input row of each list and output row, -1 where there is none: {@code [lists, outRows]}
 * @param present which lists have pairs in each tile of output rows, a bit each: {@code [tiles, words]}
 * @param words of {@value #WORD} lists per tile
 * @param slices weight slice of each list
 */
record MapTables(Indices neighbours, Indices present, int words, Indices slices) implements KernelMap.Derived {

    /** Output rows of a tile, as in {@code conv.cl}. */
    static final int TILE = 32;

    /** Lists in a word: fewer than would fill it, since an index is below the largest number. */
    static final int WORD = 30;

    static MapTables of(TensorEngine engine, KernelMap map) {
        int rows = map.outRows();
        int lists = map.lists();
        int words = Math.ceilDiv(lists, WORD);
        int[] neighbours = new int[Math.multiplyExact(rows, lists)];
        Arrays.fill(neighbours, -1);
        int[] present = new int[Math.max(1, Math.ceilDiv(rows, TILE)) * words];
        for (int block = 0; block < map.blocks(); block++) {
            int[] pair = map.pair(block);
            for (int list = 0; list < lists; list++) {
                for (int p = map.start(block, list); p < map.end(block, list); p++) {
                    int out = map.firstRow(block) + KernelMap.outRow(pair[p]);
                    neighbours[list * rows + out] = KernelMap.inRow(pair[p]);
                    present[out / TILE * words + list / WORD] |= 1 << list % WORD;
                }
            }
        }
        return new MapTables(
                engine.labels(neighbours, Math.max(1, map.inRows())),
                engine.indices(present, Integer.MAX_VALUE),
                words,
                slices(engine, map));
    }

    static Indices slices(TensorEngine engine, KernelMap map) {
        int[] slices = new int[map.lists()];
        Arrays.setAll(slices, map::slice);
        return engine.indices(slices, map.lists());
    }

    @Override
    public void close() {
        Closing.all(neighbours, present, slices);
    }
}
