package org.scenecontexts.sparseconv.map;

/**
 * Holds the pairs of a kernel map, in arrays that each serve a few blocks, so that several threads can fill them and the maps
 * of a later batch can have them.
 */
final class PairTable {

    /** Blocks that one piece of work fills and whose pairs share an array. */
    private static final int SEGMENT = 8;

    final int blockRows;
    final int lists;
    final MapMemory memory;

    /** Where list {@code l} of block {@code b} starts in the block's array, at {@code [b * (lists + 1) + l]}; then its end. */
    final int[] start;

    private int[][] rows;

    PairTable(int outRows, int blockRows, int lists, MapMemory memory) {
        this.blockRows = blockRows;
        this.lists = lists;
        this.memory = memory;
        rows = new int[(outRows + blockRows - 1) / blockRows][];
        start = new int[rows.length * (lists + 1)];
    }

    /** Number of pieces of work. */
    int segments() {
        return (rows.length + SEGMENT - 1) / SEGMENT;
    }

    /** First block of a piece of work; the number of blocks for {@link #segments()}. */
    int firstBlock(int segment) {
        return Math.min(rows.length, segment * SEGMENT);
    }

    /** First output row of a piece of work; {@code outRows} or more for {@link #segments()}. */
    int firstRow(int segment) {
        return firstBlock(segment) * blockRows;
    }

    /** Says that the pairs of blocks {@code from .. end} are in this array. */
    void put(int from, int end, int[] pairs) {
        for (int block = from; block < end; block++) {
            rows[block] = pairs;
        }
    }

    /** @throws IllegalStateException when the array was given back */
    int[] rows(int block) {
        int[][] all = rows;
        if (all == null) {
            throw KernelMap.closed();
        }
        return all[block];
    }

    int pairs() {
        int sum = 0;
        for (int at = 0; at < start.length; at += lists + 1) {
            sum += start[at + lists] - start[at];
        }
        return sum;
    }

    /** Gives the arrays back; {@link #rows} refuses from now on. */
    void giveBack() {
        int[][] all = rows;
        rows = null;
        for (int block = 0; block < all.length; block += SEGMENT) {
            memory.give(all[block]);
        }
    }
}
