package org.scenecontexts.api.workload;

/**
 * What a piece of work needs at least, counted and not measured: what rates and floors are computed from.
 *
 * @param flops floating-point operations, two per multiply-add; 0 where arithmetic is not the point
 * @param bytes bytes that must move between memory and processor: every array read once and every result written once
 * @param rows voxels, points or rows that the time is divided by; 0 when that says nothing
 * @since 0.1
 */
public record Work(long flops, long bytes, long rows) {

    /** No work. */
    public static final Work NONE = new Work(0, 0, 0);

    /** Both; the larger of the rows. */
    public Work plus(Work other) {
        return new Work(
                Math.addExact(flops, other.flops), Math.addExact(bytes, other.bytes), Math.max(rows, other.rows));
    }

    /** The same work said to be over so many rows. */
    public Work over(long newRows) {
        return new Work(flops, bytes, newRows);
    }
}
