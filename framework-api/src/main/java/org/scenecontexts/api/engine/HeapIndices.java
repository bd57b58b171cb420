package org.scenecontexts.api.engine;

import java.util.Objects;

/**
 * Row numbers in a Java array, for the processor's kernels, tests and measurements.
 *
 * @since 0.2
 */
public final class HeapIndices implements Indices {

    private final int[] array;
    private final int length;
    private final int range;
    private final int lowest;
    private final Runnable whenReleased;
    private boolean released;

    private HeapIndices(int[] array, int length, int range, int lowest, Runnable whenReleased) {
        this.array = array;
        this.length = length;
        this.range = range;
        this.lowest = lowest;
        this.whenReleased = whenReleased;
    }

    /**
     * Row numbers from the host, in their own array, which must not be changed afterwards.
     *
     * @param range what all have to be below
     * @throws IndexOutOfBoundsException naming the first that is not in {@code 0 .. range - 1}
     */
    public static HeapIndices of(int[] values, int range) {
        check(values, 0, values.length, 0, range);
        return new HeapIndices(values, values.length, range, 0, () -> {});
    }

    /**
     * Labels from the host: as {@link #of}, but negative numbers mean that there is none.
     *
     * @throws IllegalArgumentException naming the first that is not below {@code range}
     */
    public static HeapIndices labels(int[] values, int range) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= range) {
                throw new IllegalArgumentException(
                        "label " + values[i] + " in row " + i + " is outside the " + range + " classes of the network");
            }
        }
        return new HeapIndices(values, values.length, range, Integer.MIN_VALUE, () -> {});
    }

    /**
     * Room for a kernel to write to.
     *
     * @param array at least {@code length} long
     * @param whenReleased is run once
     */
    public static HeapIndices over(int[] array, int length, int range, Runnable whenReleased) {
        Objects.checkFromIndexSize(0, length, array.length);
        return new HeapIndices(array, length, range, 0, whenReleased);
    }

    /** Those of any engine, copied. */
    public static HeapIndices copyOf(Indices indices) {
        return new HeapIndices(indices.toArray(), indices.length(), indices.range(), indices.lowest(), () -> {});
    }

    /**
     * Refuses what does not lie in a range, as every engine does when it is given indices.
     *
     * @throws IndexOutOfBoundsException naming the first that does not
     */
    public static void check(int[] values, int from, int length, int lowest, int range) {
        for (int i = from; i < from + length; i++) {
            if (values[i] < lowest || values[i] >= range) {
                throw new IndexOutOfBoundsException(
                        "index[" + i + "] = " + values[i] + " is not in " + Math.max(lowest, 0) + " to " + (range - 1));
            }
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int range() {
        return range;
    }

    @Override
    public int lowest() {
        return lowest;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public void copyOut(int at, int[] to, int toAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        System.arraycopy(array, at, to, toAt, count);
    }

    @Override
    public void copyIn(int at, int[] from, int fromAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        check(from, fromAt, count, lowest, range);
        System.arraycopy(from, fromAt, array, at, count);
    }

    @Override
    public Object memory() {
        return array;
    }

    @Override
    public void release() {
        if (!released) {
            released = true;
            whenReleased.run();
        }
    }

    @Override
    public boolean onHeap() {
        return true;
    }

    @Override
    public int[] array() {
        return array;
    }
}
