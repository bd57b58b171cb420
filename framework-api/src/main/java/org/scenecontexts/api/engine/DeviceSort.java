package org.scenecontexts.api.engine;

import java.util.Map;
import org.scenecontexts.api.engine.DeviceProgram.Groups;

/**
 * Puts places in the order of what stands at them, on the device and always in the same way: who chooses a row can be added
 * up in order without the host, and without additions that meet in memory. For kernels in OpenCL C; nothing is read by the
 * host, and everything that is returned is lent by the engine's pool.
 *
 * @since 0.2
 */
public final class DeviceSort {

    /** Bits of a digit: fewer passes with more of them, but a byte of local memory for each digit and item of a group. */
    private static final int DIGIT_BITS = 8;

    private static final int DIGITS = 1 << DIGIT_BITS;

    /** Places of an item: so few that they are read at once, and that a byte counts them. */
    private static final int EACH_ITEM = 8;

    private static final int TILE = DevicePrograms.GROUP * EACH_ITEM;

    /** Most tiles whose counts each group adds up itself, which saves a kernel per pass. */
    private static final int ADDED_BY_EACH = 256;

    /** Most items of the group that adds up what stretches have. */
    private static final int SUMMING = 256;

    /** Places of a stretch of {@link #running}; what sources call {@code SUMMED}. */
    public static final int SUMMED = 8 * DevicePrograms.GROUP;

    private final BufferPool pool;
    private final DeviceProgram program;
    private final int summing;

    /**
     * @param engine lends the memory
     * @param programs of the same engine
     * @throws UnsupportedOperationException when the device's compiler refuses the source
     */
    public DeviceSort(TensorEngine engine, DevicePrograms programs) {
        pool = engine.buffers();
        summing = Math.min(SUMMING, programs.limits().groupItems());
        program = programs.compile(
                DeviceSort.class,
                "sort.cl",
                Map.of("DIGIT_BITS", DIGIT_BITS, "EACH_ITEM", EACH_ITEM, "SUMMING", summing));
    }

    /**
     * The places of an index by the row that they choose; those of row r are {@code order[start[r]] .. order[start[r + 1] -
     * 1]}, ascending.
     *
     * @param start {@code [rows + 1]}
     * @param order {@code [count]}
     */
    public record Users(Indices start, Indices order) implements AutoCloseable {
        @Override
        public void close() {
            start.release();
            order.release();
        }
    }

    /**
     * Who chooses each row.
     *
     * @param count places of the index that count
     * @param rows what the index is below
     * @param index at least {@code count} long
     */
    public Users users(int count, int rows, Indices index) {
        Indices order =
                sorted(count, Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(rows - 1)), index, "Rows");
        Indices start = pool.takeIndices(rows + 1, count + 1);
        program.launch("starts", Groups.of(rows + 1L), rows, count, index, order, start);
        return new Users(start, order);
    }

    /**
     * Places in the order of their keys; the earlier of equals first.
     *
     * @param bits of the keys that are looked at, from the lowest; all above are 0
     * @param keys two numbers for each, which a kernel has written as one {@code long} of 0 or more
     * @return {@code [count]}; release it
     */
    public Indices byLongs(int count, int bits, Indices keys) {
        return sorted(count, Math.max(1, bits), keys, "Longs");
    }

    private Indices sorted(int count, int bits, Indices keys, String kind) {
        int tiles = Math.ceilDiv(count, TILE);
        boolean summed = tiles > ADDED_BY_EACH;
        Groups groups = new Groups(tiles, 1, 1);
        Indices counts = pool.takeIndices(Math.multiplyExact(DIGITS, tiles + 1), Integer.MAX_VALUE);
        Indices from = keys;
        for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
            int first = shift == 0 ? 1 : 0;
            Indices to = pool.takeIndices(count, Math.max(1, count));
            program.launch("count" + kind, groups, count, shift, keys, from, first, counts);
            if (summed) {
                program.launch("columns", Groups.of(DIGITS), tiles, counts);
            }
            program.launch("move" + kind, groups, count, tiles, summed ? 1 : 0, shift, keys, from, first, counts, to);
            if (first == 0) {
                from.release();
            }
            from = to;
        }
        counts.release();
        return from;
    }

    /**
     * Running sums: the sum of what stands before a place is what is left there, and that of its stretch of {@value #SUMMED}
     * places in {@code sums}.
     *
     * <p>A kernel that works the numbers out can do the first half itself, in as many groups as there are {@linkplain #stretches
     * stretches}: {@code RUN(n, number, numbers, sums)}, a statement at the top of its body, where {@code number} says what place
     * {@code p} has. {@code RUN_ALL(n, numbers, shares, items)} makes running sums of n numbers in place by the one group, of so many
     * items, that runs; {@code shares} is local memory for an {@code int} of each.
     *
     * @param values at least {@code count} long, changed
     * @param sums {@link #stretches} long, written
     */
    public void running(int count, Indices values, Indices sums) {
        int stretches = stretches(count);
        program.launch("runStretch", new Groups(stretches, 1, 1), count, values, sums);
        sumsOfStretches(stretches, sums);
    }

    /**
     * The second half of {@link #running}, for kernels that have done the first themselves.
     *
     * @param sums of each stretch; changed to the sums of those before each
     */
    public void sumsOfStretches(int stretches, Indices sums) {
        if (stretches > 0) {
            program.launch("runSums", new Groups(1, 1, 1, summing), stretches, sums);
        }
    }

    /** Room for the second argument of {@link #running}. */
    public static int stretches(int count) {
        return Math.ceilDiv(count, SUMMED);
    }
}
