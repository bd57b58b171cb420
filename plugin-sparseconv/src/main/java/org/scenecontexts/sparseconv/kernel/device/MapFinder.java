package org.scenecontexts.sparseconv.kernel.device;

import java.util.Map;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.DeviceSort;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.VoxelPyramid;

/**
 * Finds kernel maps on the device, the same as the host's to the last number: the host gives the voxels of the finest level and
 * how many there are on each, and reads nothing. Calls of {@code maps.cl}; {@link FoundMaps} keeps what is found.
 */
final class MapFinder {

    /** Bits by which the keys of a level and of the next differ. */
    private static final int LEVEL_BITS = 3;

    /** Places of a level's voxels in one of the next. */
    private static final int PLACES = 1 << LEVEL_BITS;

    /** Items of the group that counts a map's pairs, at most. */
    private static final int SUMMING = 256;

    /** Slots of a table per row, at least: then most are found at the first look. */
    private static final int ROOM = 2;

    private final TensorEngine engine;
    private final BufferPool pool;
    private final DeviceProgram program;
    private final DeviceSort sort;
    private final int summing;

    MapFinder(TensorEngine engine, DevicePrograms programs) {
        this.engine = engine;
        pool = engine.buffers();
        sort = new DeviceSort(engine, programs);
        summing = Math.min(SUMMING, programs.limits().groupItems());
        program = programs.compile(MapFinder.class, "maps.cl", Map.of("SUMMING", summing));
    }

    /** What was found of a pyramid's maps so far. */
    FoundMaps of(VoxelPyramid pyramid) {
        return pyramid.derived(this, FoundMaps.class, p -> new FoundMaps(this, p));
    }

    /**
     * The pairs of a map before they are put in order.
     *
     * @param rows output rows
     * @param found input row of each list and output row, -1 where there is none: {@code [lists, rows]}
     * @param numbers how many pairs there are before each, within stretches: {@code [lists * rows + 1]}
     * @param sums the same of stretches
     * @param digit of each list in the codes of rows, -1 of those that do not count
     * @param cuts how many chunks of pairs there may be
     * @param first first chunk of each list, and their number: {@code [lists + 1]}
     * @param chunks first pair of each chunk, and the number of pairs: {@code [cuts + 1]}
     */
    record Lists(
            int rows,
            int lists,
            Indices found,
            Indices numbers,
            Indices sums,
            Indices digit,
            int cuts,
            Indices first,
            Indices chunks) {

        int size() {
            return Math.multiplyExact(lists, rows);
        }

        /** How many lists decide about the order of rows. */
        int by() {
            return Math.min(lists, MapTables.SORTED_BY);
        }

        /** Gives back what nobody needs once pairs are in order. */
        void release() {
            Closing.all(found, numbers, sums, digit);
        }

        /** Gives back the chunks, where no {@link MapPairs.Chunked} has them. */
        void releaseChunks() {
            Closing.all(first, chunks);
        }
    }

    private Indices longs(int count) {
        return pool.takeIndices(Math.multiplyExact(2, count), Integer.MAX_VALUE);
    }

    private Indices numbers(int count) {
        return pool.takeIndices(count, Integer.MAX_VALUE);
    }

    /** The keys of a set, brought over. */
    Indices keys(CoordinateSet set) {
        int rows = set.rows();
        Indices brought = engine.indices(set.parts(), 1 << CoordinateSet.PART_BITS);
        Indices keys = longs(rows);
        program.launch("joinKeys", Groups.of(rows), rows, brought, keys);
        Closing.all(brought);
        return keys;
    }

    /** Bits of a table in which the rows of a level are looked up. */
    static int tableBits(int rows) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, ROOM * rows - 1));
    }

    /** A table in which the rows of a level are looked up. */
    Indices table(int rows, Indices keys) {
        int bits = tableBits(rows);
        Indices table = numbers(1 << bits);
        program.launch("none", Groups.of(1L << bits), 1 << bits, table);
        program.launch("insert", Groups.of(rows), rows, bits, keys, table);
        return table;
    }

    /**
     * How a level lies in the next.
     *
     * @param parent for each row its row in the next
     * @param coarse the keys of that
     * @param children for each row of the next the first row in it
     */
    record Parents(Indices parent, Indices coarse, Indices children) {}

    /**
     * Makes the next level.
     *
     * @param shift bits of a key within a voxel of the level
     * @param coarseRows how many rows the next one has
     */
    Parents parents(int rows, int shift, Indices keys, int coarseRows) {
        int stretches = DeviceSort.stretches(rows);
        Indices begins = numbers(rows);
        Indices sums = numbers(stretches);
        program.launch("begins", new Groups(stretches, 1, 1), rows, shift + LEVEL_BITS, keys, begins, sums);
        sort.sumsOfStretches(stretches, sums);
        Parents parents = new Parents(numbers(rows), longs(coarseRows), numbers(coarseRows));
        program.launch(
                "parents",
                Groups.of(rows),
                rows,
                shift + LEVEL_BITS,
                keys,
                begins,
                sums,
                parents.parent(),
                parents.coarse(),
                parents.children());
        begins.release();
        sums.release();
        return parents;
    }

    /**
     * The pairs of a cube.
     *
     * @param most what their number does not exceed
     */
    Lists around(int rows, int size, int shift, Indices keys, Indices table, int most) {
        int lists = size * size * size;
        Indices found = numbers(Math.multiplyExact(rows, lists));
        program.launch(
                "around",
                new Groups(Groups.of(rows).x(), lists, 1),
                rows,
                size,
                shift,
                tableBits(rows),
                keys,
                table,
                found);
        return counted(rows, lists, found, most);
    }

    /**
     * The pairs of a convolution to the next level.
     *
     * @param children first row in each row of the next level
     */
    Lists below(int rows, int shift, Indices keys, Indices children, int coarseRows) {
        Indices found = numbers(Math.multiplyExact(coarseRows, PLACES));
        program.launch("below", Groups.of(coarseRows), coarseRows, rows, shift, keys, children, found);
        return counted(coarseRows, PLACES, found, rows);
    }

    /** The pairs of a convolution back. */
    Lists above(int rows, int shift, Indices keys, Indices parent) {
        Indices found = numbers(Math.multiplyExact(rows, PLACES));
        program.launch("above", new Groups(Groups.of(rows).x(), PLACES, 1), rows, shift, keys, parent, found);
        return counted(rows, PLACES, found, rows);
    }

    private Lists counted(int rows, int lists, Indices found, int most) {
        int size = Math.multiplyExact(rows, lists);
        int stretches = DeviceSort.stretches(size + 1);
        int cuts = lists + MapPairs.mostWhole(most);
        Lists counted = new Lists(
                rows,
                lists,
                found,
                numbers(size + 1),
                numbers(stretches),
                numbers(lists),
                cuts,
                numbers(lists + 1),
                numbers(cuts + 1));
        program.launch("number", new Groups(stretches, 1, 1), size, found, counted.numbers(), counted.sums());
        Indices starts = numbers(lists + 1);
        program.launch(
                "count",
                new Groups(1, 1, 1, summing),
                rows,
                lists,
                counted.by(),
                cuts,
                MapPairs.LEAST,
                MapPairs.MOST,
                counted.numbers(),
                counted.sums(),
                starts,
                counted.digit(),
                counted.first(),
                counted.chunks());
        starts.release();
        return counted;
    }

    /** Pairs as kernels read them for sums over neighbours, as {@link MapTables#of} puts them. */
    MapTables.Arranged arranged(Lists lists) {
        int rows = lists.rows();
        int padded = MapTables.padded(rows);
        int words = MapTables.words(lists.lists());
        Indices codes = longs(rows);
        program.launch("codes", Groups.of(rows), rows, lists.lists(), lists.found(), lists.digit(), codes);
        Indices order = sort.byLongs(rows, lists.by(), codes);
        codes.release();
        Indices perm = numbers(padded);
        Indices neighbours = numbers(Math.multiplyExact(padded, lists.lists()));
        Indices present = numbers(padded / MapTables.PIECE * words);
        program.launch(
                "arrange",
                Groups.of(padded),
                rows,
                padded,
                lists.lists(),
                words,
                order,
                lists.found(),
                perm,
                neighbours,
                present);
        order.release();
        return new MapTables.Arranged(rows, padded, neighbours, perm, present, words);
    }

    /**
     * Pairs as kernels read them for the gradient of weights, as {@link MapPairs#of} puts them; since nobody has counted
     * them on the host, chunks that are left over are empty.
     *
     * @param most what their number does not exceed
     */
    MapPairs.Chunked chunked(Lists lists, int most) {
        Indices in = numbers(most);
        Indices out = numbers(most);
        program.launch(
                "collect",
                Groups.of(lists.size()),
                lists.rows(),
                lists.size(),
                lists.found(),
                lists.numbers(),
                lists.sums(),
                in,
                out);
        return new MapPairs.Chunked(in, out, lists.chunks(), lists.cuts(), lists.first());
    }
}
