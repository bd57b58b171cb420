package org.scenecontexts.sparseconv.map;

import java.util.Arrays;

/** Collects the pairs of a kernel map block by block; the lists of the current block grow side by side. */
final class PairLists {

    final int blockRows;
    final int lists;

    /**
     * Pairs of the current block; list {@code l} starts at {@code l * blockRows}. One spare slot at the end.
     */
    final int[] block;

    /** Pairs per list of the current block. */
    final int[] count;

    private final int[] start;
    private final int[][] rows;
    private int blocks;

    PairLists(int outRows, int blockRows, int lists) {
        this.blockRows = blockRows;
        this.lists = lists;
        block = new int[lists * blockRows + 1];
        count = new int[lists];
        rows = new int[(outRows + blockRows - 1) / blockRows][];
        start = new int[rows.length * (lists + 1)];
    }

    void add(int list, int outRow, int inRow) {
        block[list * blockRows + count[list]++] = KernelMap.pair(outRow - blocks * blockRows, inRow);
    }

    /** Ends the current block and starts the next. */
    void endBlock() {
        int total = 0;
        for (int l = 0; l < lists; l++) {
            total += count[l];
            start[blocks * (lists + 1) + l + 1] = total;
        }
        int[] exact = new int[total];
        int first = 0;
        for (int l = 0; l < lists; l++) {
            System.arraycopy(block, l * blockRows, exact, first, count[l]);
            first += count[l];
        }
        Arrays.fill(count, 0);
        rows[blocks++] = exact;
    }

    KernelMap.Pairs finish() {
        return new KernelMap.Pairs(rows, start);
    }
}
