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

    /** Slots of a table per row, at least: then most are found at the first look. */
    private static final int ROOM = 2;

    private final TensorEngine engine;
    private final BufferPool pool;
    private final DeviceProgram program;
    private final DeviceSort sort;

    MapFinder(TensorEngine engine, DevicePrograms programs) {
        this.engine = engine;
        pool = engine.buffers();
        sort = new DeviceSort(engine, programs);
        program = programs.compile(MapFinder.class, "maps.cl", Map.of());
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
     * @param starts first pair of each list, and their number: {@code [lists + 1]}
     * @param digit of each list in the codes of rows
     */
    record Lists(int rows, int lists, Indices found, Indices numbers, Indices sums, Indices starts, Indices digit) {

        int size() {
            return Math.multiplyExact(lists, rows);
        }

        /** How many lists decide about the order of rows. */
        int by() {
            return Math.min(lists, MapTables.SORTED_BY);
        }

        void release() {
            for (Indices each : new Indices[] {found, numbers, sums, starts, digit}) {
                each.release();
            }
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

    /** For each row of a level its row in the next, and the keys of that. */
    record Parents(Indices parent, Indices coarse) {}

    /**
     * Makes the next level.
     *
     * @param shift bits of a key within a voxel of the level
     * @param coarseRows how many rows the next one has
     */
    Parents parents(int rows, int shift, Indices keys, int coarseRows) {
        Indices begins = numbers(rows);
        Indices sums = numbers(DeviceSort.stretches(rows));
        program.launch("begins", Groups.of(rows), rows, shift + LEVEL_BITS, keys, begins);
        sort.running(rows, begins, sums);
        Indices parent = numbers(rows);
        Indices coarse = longs(coarseRows);
        program.launch("parents", Groups.of(rows), rows, shift + LEVEL_BITS, keys, begins, sums, parent, coarse);
        begins.release();
        sums.release();
        return new Parents(parent, coarse);
    }

    /** The pairs of a cube. */
    Lists around(int rows, int size, int shift, Indices keys, Indices table) {
        Lists lists = room(rows, size * size * size);
        program.launch(
                "around",
                new Groups(Groups.of(rows).x(), lists.lists(), 1),
                rows,
                size,
                shift,
                tableBits(rows),
                keys,
                table,
                lists.found(),
                lists.numbers());
        return counted(lists);
    }

    /** The pairs of a convolution to the next level. */
    Lists below(int rows, int shift, Indices keys, Indices parent, int coarseRows) {
        Lists lists = room(coarseRows, 1 << LEVEL_BITS);
        program.launch("none", Groups.of(lists.size()), lists.size(), lists.found());
        program.launch("below", Groups.of(rows), rows, coarseRows, shift, keys, parent, lists.found());
        program.launch("mark", Groups.of(lists.size() + 1L), lists.size(), lists.found(), lists.numbers());
        return counted(lists);
    }

    /** The pairs of a convolution back. */
    Lists above(int rows, int shift, Indices keys, Indices parent) {
        Lists lists = room(rows, 1 << LEVEL_BITS);
        program.launch(
                "above",
                new Groups(Groups.of(rows).x(), lists.lists(), 1),
                rows,
                shift,
                keys,
                parent,
                lists.found(),
                lists.numbers());
        return counted(lists);
    }

    private Lists room(int rows, int lists) {
        int size = Math.multiplyExact(rows, lists);
        return new Lists(
                rows,
                lists,
                numbers(size),
                numbers(size + 1),
                numbers(DeviceSort.stretches(size + 1)),
                numbers(lists + 1),
                numbers(lists));
    }

    private Lists counted(Lists lists) {
        sort.running(lists.size() + 1, lists.numbers(), lists.sums());
        program.launch(
                "digits",
                new Groups(1, 1, 1),
                lists.rows(),
                lists.lists(),
                lists.by(),
                lists.numbers(),
                lists.sums(),
                lists.starts(),
                lists.digit());
        return lists;
    }

    /** Pairs as kernels read them for sums over neighbours, as {@link MapTables#of} puts them. */
    MapTables.Arranged arranged(Lists lists) {
        int rows = lists.rows();
        int padded = MapTables.padded(rows);
        int words = MapTables.words(lists.lists());
        Indices codes = longs(rows);
        program.launch("codes", Groups.of(rows), rows, lists.by(), lists.found(), lists.digit(), codes);
        Indices order = sort.byLongs(rows, lists.by(), codes);
        codes.release();
        Indices perm = numbers(padded);
        Indices neighbours = numbers(Math.multiplyExact(padded, lists.lists()));
        program.launch(
                "arrange",
                new Groups(Groups.of(padded).x(), lists.lists(), 1),
                rows,
                padded,
                order,
                lists.found(),
                perm,
                neighbours);
        order.release();
        int pieces = padded / MapTables.PIECE * words;
        Indices present = numbers(pieces);
        program.launch("pieces", Groups.of(pieces), pieces, padded, lists.lists(), words, neighbours, present);
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
        int count = lists.lists() + MapPairs.mostWhole(most);
        Indices first = numbers(lists.lists() + 1);
        Indices chunks = numbers(count + 1);
        program.launch(
                "cut",
                new Groups(1, 1, 1),
                lists.lists(),
                count,
                MapPairs.LEAST,
                MapPairs.MOST,
                lists.starts(),
                first,
                chunks);
        return new MapPairs.Chunked(in, out, chunks, count, first);
    }
}
