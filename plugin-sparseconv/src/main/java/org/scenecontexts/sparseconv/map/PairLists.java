package org.scenecontexts.sparseconv.map;

import java.util.Arrays;

/** Collects the pairs of a kernel map block by block; the lists of the current block grow side by side. */
final class PairLists {

    final int blockRows;
    final int lists;

    /**
     * Pairs of the current block; list {@code l} starts at {@code l * blockRows}. One spare slot at the end.
     */
    final long[] block;

    /** Pairs per list of the current block. */
    final int[] count;

    private final int[] start;
    private long[] rows;
    private int blocks;
    private int size;

    PairLists(int outRows, int blockRows, int lists, int expectedPairs) {
        this.blockRows = blockRows;
        this.lists = lists;
        block = new long[lists * blockRows + 1];
        count = new int[lists];
        start = new int[(outRows + blockRows - 1) / blockRows * lists + 1];
        rows = new long[expectedPairs];
    }

    void add(int list, int outRow, int inRow) {
        block[list * blockRows + count[list]++] = KernelMap.pair(outRow, inRow);
    }

    /** Ends the current block and starts the next. */
    void endBlock() {
        int total = 0;
        for (int c : count) {
            total += c;
        }
        if (size + total > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(size + total, size + size / 4 + 1024));
        }
        for (int l = 0; l < lists; l++) {
            start[blocks * lists + l] = size;
            System.arraycopy(block, l * blockRows, rows, size, count[l]);
            size += count[l];
            count[l] = 0;
        }
        blocks++;
        start[blocks * lists] = size;
    }

    KernelMap.Pairs finish() {
        return new KernelMap.Pairs(rows, start);
    }
}
