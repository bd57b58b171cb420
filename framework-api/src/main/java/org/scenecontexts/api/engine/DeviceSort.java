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

    /** As in {@code sort.cl}. */
    private static final int DIGIT_BITS = 6;

    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int STRETCH = 64;

    /** Places of a stretch of {@link #running}. */
    public static final int SUMMED = 128;

    private final BufferPool pool;
    private final DeviceProgram program;

    /**
     * @param engine lends the memory
     * @param programs of the same engine
     * @throws UnsupportedOperationException when the device's compiler refuses the source
     */
    public DeviceSort(TensorEngine engine, DevicePrograms programs) {
        pool = engine.buffers();
        program = programs.compile(DeviceSort.class, "sort.cl", Map.of());
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
        int items = Math.ceilDiv(count, STRETCH);
        int counters = Math.multiplyExact(DIGITS, items);
        Indices counts = pool.takeIndices(counters, Integer.MAX_VALUE);
        Indices sums = pool.takeIndices(Math.ceilDiv(counters, SUMMED), Integer.MAX_VALUE);
        Indices from = keys;
        for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
            int first = shift == 0 ? 1 : 0;
            Indices to = pool.takeIndices(count, Math.max(1, count));
            program.launch("count" + kind, Groups.of(items), count, items, shift, keys, from, first, counts);
            running(counters, counts, sums);
            program.launch("move" + kind, Groups.of(items), count, items, shift, keys, from, first, counts, sums, to);
            if (first == 0) {
                from.release();
            }
            from = to;
        }
        counts.release();
        sums.release();
        return from;
    }

    /**
     * Running sums: the sum of what stands before a place is what is left there, and that of its stretch of {@value #SUMMED}
     * places in {@code sums}.
     *
     * @param values at least {@code count} long, changed
     * @param sums {@link #stretches} long, written
     */
    public void running(int count, Indices values, Indices sums) {
        int stretches = Math.ceilDiv(count, SUMMED);
        program.launch("runStretch", Groups.of(stretches), count, stretches, values, sums);
        if (stretches > 0) {
            program.launch("runSums", new Groups(1, 1, 1), stretches, sums);
        }
    }

    /** Room for the second argument of {@link #running}. */
    public static int stretches(int count) {
        return Math.ceilDiv(count, SUMMED);
    }
}
