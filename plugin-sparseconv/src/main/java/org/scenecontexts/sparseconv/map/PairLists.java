package org.scenecontexts.sparseconv.map;

import java.util.Arrays;

/**
 * Collects the pairs of a run of blocks of a kernel map; the lists of the current block grow side by side and are then
 * joined behind those of the block before.
 */
final class PairLists {

    final int blockRows;

    /**
     * Pairs of the current block; list {@code l} starts at {@code l * blockRows}. One spare slot at the end.
     */
    final int[] block;

    /** Pairs per list of the current block. */
    final int[] count;

    private final PairTable table;
    private final int lists;
    private final int from;
    private final int end;
    private int current;
    private int[] joined;
    private int length;

    /**
     * @param from first block
     * @param end one past the last block
     * @param expected pairs of an output row; more are taken too, at the price of a copy
     */
    PairLists(PairTable table, int from, int end, int expected) {
        this.table = table;
        this.blockRows = table.blockRows;
        this.lists = table.lists;
        this.from = from;
        this.current = from;
        this.end = end;
        block = table.memory.take(lists * blockRows + 1);
        joined = table.memory.take((end - from) * blockRows * expected);
        count = new int[lists];
    }

    void add(int list, int outRow, int inRow) {
        block[list * blockRows + count[list]++] = KernelMap.pair(outRow - current * blockRows, inRow);
    }

    /** Ends the current block and starts the next. */
    void endBlock() {
        int total = 0;
        for (int l = 0; l < lists; l++) {
            total += count[l];
        }
        if (length + total > joined.length) {
            grow(length + total);
        }
        int at = current * (lists + 1);
        for (int l = 0; l < lists; l++) {
            table.start[at + l] = length;
            System.arraycopy(block, l * blockRows, joined, length, count[l]);
            length += count[l];
        }
        table.start[at + lists] = length;
        Arrays.fill(count, 0);
        current++;
    }

    private void grow(int least) {
        int[] longer = table.memory.take(Math.max(least, joined.length + joined.length / 2));
        System.arraycopy(joined, 0, longer, 0, length);
        table.memory.give(joined);
        joined = longer;
    }

    /** Ends the blocks that are left, which have no more pairs, and hands all of them over. */
    void finish() {
        while (current < end) {
            endBlock();
        }
        table.put(from, end, joined);
        table.memory.give(block);
    }
}
