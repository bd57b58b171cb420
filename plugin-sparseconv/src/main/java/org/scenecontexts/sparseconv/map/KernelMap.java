package org.scenecontexts.sparseconv.map;

/**
 * Says which input row meets which output row under which weight slice: {@code out[u] += in[v] . W[slice]}.
 *
 * <p>Pairs are grouped by blocks of {@link #blockRows()} output rows and, within a block, into lists, one per kernel
 * offset; within a list output rows ascend. Only pairs that exist are stored, so work is proportional to the true
 * neighbours. Sums over a row run over the lists in order, whatever the layout of the weights.
 *
 * <p>Immutable. The arrays are shared, not copied: read them only.
 *
 * @since 0.1
 */
public final class KernelMap {

    private final int outRows;
    private final int inRows;
    private final int blockRows;
    private final int[] slices;
    private final boolean identityFirst;
    private final boolean single;
    private final Pairs pairs;
    private KernelMap inverse;

    /**
     * The pairs of all blocks and lists.
     *
     * @param rows output and input row of each pair
     * @param start first pair of list {@code l} of block {@code b} at {@code [b * lists + l]}, then the number of pairs
     */
    record Pairs(long[] rows, int[] start) {}

    private KernelMap(
            int outRows, int inRows, int blockRows, int[] slices, boolean identityFirst, boolean single, Pairs pairs) {
        this.outRows = outRows;
        this.inRows = inRows;
        this.blockRows = blockRows;
        this.slices = slices;
        this.identityFirst = identityFirst;
        this.single = single;
        this.pairs = pairs;
    }

    /** A map of a set onto itself; its inverse has the same lists under mirrored slices. List 0 is the identity. */
    static KernelMap symmetric(int rows, int blockRows, int[] slices, int[] mirrored, Pairs pairs) {
        boolean single = slices.length == 1;
        return link(
                new KernelMap(rows, rows, blockRows, slices, true, single, pairs),
                new KernelMap(rows, rows, blockRows, mirrored, true, single, pairs));
    }

    /** A map between two sets from its pairs both ways; {@code everyInputOnce} if each input row is in one pair. */
    static KernelMap between(
            int outRows, int inRows, int blockRows, int lists, Pairs pairs, Pairs inverse, boolean everyInputOnce) {
        int[] slices = new int[lists];
        for (int l = 0; l < lists; l++) {
            slices[l] = l;
        }
        return link(
                new KernelMap(outRows, inRows, blockRows, slices, false, false, pairs),
                new KernelMap(inRows, outRows, blockRows, slices, false, everyInputOnce, inverse));
    }

    private static KernelMap link(KernelMap map, KernelMap inverse) {
        map.inverse = inverse;
        inverse.inverse = map;
        return map;
    }

    /** Rows of the output. */
    public int outRows() {
        return outRows;
    }

    /** Rows of the input. */
    public int inRows() {
        return inRows;
    }

    /** Number of kernel offsets, which is the number of weight slices and of lists per block. */
    public int lists() {
        return slices.length;
    }

    /** Weight slice of a list. */
    public int slice(int list) {
        return slices[list];
    }

    /** Output rows per block; the last block may have fewer. A multiple of 64, independent of threads. */
    public int blockRows() {
        return blockRows;
    }

    /** Number of blocks. */
    public int blocks() {
        return (outRows + blockRows - 1) / blockRows;
    }

    /** First pair of a list of a block, an index into {@link #pair}. */
    public int start(int block, int list) {
        return pairs.start[block * slices.length + list];
    }

    /** One past the last pair of a list of a block. */
    public int end(int block, int list) {
        return pairs.start[block * slices.length + list + 1];
    }

    /** Every pair, see {@link #outRow} and {@link #inRow}; may be longer than {@link #pairs()}. */
    public long[] pair() {
        return pairs.rows;
    }

    /** Output row of a pair. */
    public static int outRow(long pair) {
        return (int) (pair >>> 32);
    }

    /** Input row of a pair. */
    public static int inRow(long pair) {
        return (int) pair;
    }

    /** Joins an output and an input row; both halves of one {@code long}, so that a pair is written by one store. */
    static long pair(int outRow, int inRow) {
        return (long) outRow << 32 | inRow;
    }

    /** Number of pairs: one multiply of a row by a weight slice each. */
    public int pairs() {
        return pairs.start[pairs.start.length - 1];
    }

    /** Whether list 0 pairs every output row with the input row of the same number. */
    public boolean identityFirst() {
        return identityFirst;
    }

    /** Whether every output row is in exactly one pair. */
    public boolean single() {
        return single;
    }

    /**
     * The map with inputs and outputs exchanged and the same weight slices: what the input gradient, and a transposed
     * convolution, runs over (REFERENCE 1.7 item 7).
     */
    public KernelMap inverse() {
        return inverse;
    }

    @Override
    public String toString() {
        return inRows + " to " + outRows + " rows, " + slices.length + " offsets, " + pairs() + " pairs";
    }
}
