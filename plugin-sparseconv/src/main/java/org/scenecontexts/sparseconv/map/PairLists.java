package org.scenecontexts.sparseconv.map;

import java.util.Arrays;

/** Collects the pairs of a kernel map block by block; the lists of the current block grow side by side. */
final class PairLists {

    final int blockRows;
    final int lists;

    /**
     * Pairs of the current block, output row in the upper half and input row in the lower: one store per pair. List
     * {@code l} starts at {@code l * blockRows}; one spare slot at the end.
     */
    final long[] block;

    /** Pairs per list of the current block. */
    final int[] count;

    private final int[] start;
    private int[] out;
    private int[] in;
    private int blocks;
    private int size;

    PairLists(int outRows, int blockRows, int lists, int expectedPairs) {
        this.blockRows = blockRows;
        this.lists = lists;
        block = new long[lists * blockRows + 1];
        count = new int[lists];
        start = new int[(outRows + blockRows - 1) / blockRows * lists + 1];
        out = new int[expectedPairs];
        in = new int[expectedPairs];
    }

    void add(int list, int outRow, int inRow) {
        block[list * blockRows + count[list]++] = (long) outRow << 32 | inRow;
    }

    /** Ends the current block and starts the next. */
    void endBlock() {
        int total = 0;
        for (int c : count) {
            total += c;
        }
        if (size + total > out.length) {
            int length = Math.max(size + total, size + size / 4 + 1024);
            out = Arrays.copyOf(out, length);
            in = Arrays.copyOf(in, length);
        }
        for (int l = 0; l < lists; l++) {
            start[blocks * lists + l] = size;
            int from = l * blockRows;
            for (int i = 0; i < count[l]; i++) {
                long pair = block[from + i];
                out[size + i] = (int) (pair >>> 32);
                in[size + i] = (int) pair;
            }
            size += count[l];
            count[l] = 0;
        }
        blocks++;
        start[blocks * lists] = size;
    }

    KernelMap.Pairs finish() {
        return new KernelMap.Pairs(out, in, start);
    }
}
