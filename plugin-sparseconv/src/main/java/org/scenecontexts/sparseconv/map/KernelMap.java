package org.scenecontexts.sparseconv.map;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.scenecontexts.api.grid.GridMap;

/**
 * Says which input row meets which output row under which weight slice: {@code out[u] += in[v] . W[slice]}.
 *
 * <p>Pairs are grouped by blocks of {@link #blockRows()} output rows and, within a block, into lists, one per kernel
 * offset; within a list output rows ascend. Only pairs that exist are stored, so work is proportional to the true
 * neighbours. Sums over a row run over the lists in order, whatever the layout of the weights.
 *
 * <p>Immutable until the batch that it belongs to is closed, and refuses to be used afterwards. The arrays are shared, not
 * copied: read them only.
 *
 * @since 0.1
 */
public final class KernelMap implements GridMap {

    private static final int IN_BITS = 23;

    /** Most rows of a set: a row and one of at most 512 rows of a block share an {@code int}. */
    static final int MAX_ROWS = 1 << IN_BITS;

    /** What a pair grows by when its output row does. */
    static final int NEXT_ROW = 1 << IN_BITS;

    private final int outRows;
    private final int inRows;
    private final int blockRows;
    private final int[] slices;
    private final boolean identityFirst;
    private final boolean single;
    private final LazyPairs pairs;
    private final Optional<MapSource> source;
    private final Map<Object, Derived> derived = new ConcurrentHashMap<>();
    private KernelMap inverse;

    /** What was made of a map for kernels that cannot read it as it is. */
    public interface Derived extends AutoCloseable {
        @Override
        void close();
    }

    private KernelMap(
            int outRows,
            int inRows,
            int blockRows,
            int[] slices,
            boolean identityFirst,
            boolean single,
            LazyPairs pairs,
            Optional<MapSource> source) {
        checkRows(inRows);
        this.outRows = outRows;
        this.inRows = inRows;
        this.blockRows = blockRows;
        this.slices = slices;
        this.identityFirst = identityFirst;
        this.single = single;
        this.pairs = pairs;
        this.source = source;
    }

    /** A map of a set onto itself; its inverse has the same lists under mirrored slices. List 0 is the identity. */
    static KernelMap symmetric(
            int rows, int blockRows, int[] slices, int[] mirrored, LazyPairs pairs, Optional<MapSource> source) {
        boolean single = slices.length == 1;
        return link(
                new KernelMap(rows, rows, blockRows, slices, true, single, pairs, source),
                new KernelMap(rows, rows, blockRows, mirrored, true, single, pairs, source));
    }

    /** The pairs of one way of a map between two sets, and what they are made of. */
    record Way(LazyPairs pairs, Optional<MapSource> source) {}

    /** A map between two sets from its pairs both ways; {@code everyInputOnce} if each input row is in one pair. */
    static KernelMap between(
            int outRows, int inRows, int blockRows, int lists, Way way, Way inverse, boolean everyInputOnce) {
        int[] slices = new int[lists];
        for (int l = 0; l < lists; l++) {
            slices[l] = l;
        }
        return link(
                new KernelMap(outRows, inRows, blockRows, slices, false, false, way.pairs, way.source),
                new KernelMap(
                        inRows, outRows, blockRows, slices, false, everyInputOnce, inverse.pairs, inverse.source));
    }

    /** Refuses input rows that a pair cannot name. */
    static void checkRows(int inRows) {
        if (inRows > MAX_ROWS) {
            throw new IllegalArgumentException(
                    "a kernel map over " + inRows + " voxels was asked for, expected at most " + MAX_ROWS
                            + " in a batch; take fewer scenes per batch or larger voxels");
        }
    }

    private static KernelMap link(KernelMap map, KernelMap inverse) {
        map.inverse = inverse;
        inverse.inverse = map;
        return map;
    }

    /** Rows of the output. */
    @Override
    public int outRows() {
        return outRows;
    }

    /** Rows of the input. */
    @Override
    public int inRows() {
        return inRows;
    }

    /** Number of kernel offsets, which is the number of weight slices and of lists per block. */
    public int lists() {
        return slices.length;
    }

    /** The same as {@link #lists}. */
    @Override
    public int offsets() {
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

    /** First pair of a list of a block, an index into the block's {@link #pair}. */
    public int start(int block, int list) {
        return pairs.get().start[block * (slices.length + 1) + list];
    }

    /** One past the last pair of a list of a block. */
    public int end(int block, int list) {
        return pairs.get().start[block * (slices.length + 1) + list + 1];
    }

    /**
     * An array that has every pair of a block, from the {@link #start} of its first list to the {@link #end} of its last,
     * see {@link #outRow} and {@link #inRow}. Ask anew in every call: it serves another map once the batch is closed.
     *
     * @throws IllegalStateException when the batch of this map was closed
     */
    public int[] pair(int block) {
        return pairs.get().rows(block);
    }

    /** First output row of a block. */
    public int firstRow(int block) {
        return block * blockRows;
    }

    /** Output row of a pair, counted from the {@link #firstRow first} of its block. */
    public static int outRow(int pair) {
        return pair >>> IN_BITS;
    }

    /** Input row of a pair. */
    public static int inRow(int pair) {
        return pair & (MAX_ROWS - 1);
    }

    /** Joins an output row, counted from the first of its block, and an input row. */
    static int pair(int outRow, int inRow) {
        return outRow << IN_BITS | inRow;
    }

    /** Number of pairs: one multiply of a row by a weight slice each. Found by the host where nobody has done so yet. */
    @Override
    public int pairs() {
        return pairs.get().pairs();
    }

    /** Of what voxels the pairs are made, for maps of a {@link VoxelPyramid}. */
    public Optional<MapSource> source() {
        return source;
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

    /**
     * What kernels of a device make of this map, once; closed when the batch of the map is.
     *
     * @param key tells kernels and forms apart
     * @param type of what is made under this key
     */
    public <T extends Derived> T derived(Object key, Class<T> type, Function<KernelMap, T> make) {
        return type.cast(derived.computeIfAbsent(key, k -> make.apply(this)));
    }

    /** Gives the arrays of this map and of its inverse back, with what was derived of both; once, though maps share pairs. */
    void giveBack() {
        closeDerived();
        inverse.closeDerived();
        pairs.giveBack();
        inverse.pairs.giveBack();
    }

    static IllegalStateException closed() {
        return new IllegalStateException("a kernel map was used after its batch was closed, expected before;"
                + " close a batch when the step that uses it has ended");
    }

    private void closeDerived() {
        derived.values().forEach(Derived::close);
        derived.clear();
    }

    @Override
    public String toString() {
        return inRows + " to " + outRows + " rows, " + slices.length + " offsets";
    }
}
