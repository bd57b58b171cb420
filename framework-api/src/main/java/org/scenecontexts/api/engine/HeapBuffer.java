package org.scenecontexts.api.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A buffer in a Java array, or in a part of one: what the processor's kernels compute on, and how tests and measurements
 * hand them their numbers.
 *
 * @since 0.2
 */
public final class HeapBuffer implements Buffer {

    private final float[] array;
    private final int offset;
    private final int capacity;
    private final HeapBuffer base;

    private HeapBuffer(float[] array, int offset, int capacity, HeapBuffer base) {
        this.array = array;
        this.offset = offset;
        this.capacity = capacity;
        this.base = base;
    }

    /** A whole array, which is not copied. */
    public static HeapBuffer of(float[] array) {
        return new HeapBuffer(array, 0, array.length, null);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ElementType type() {
        return ElementType.FLOAT32;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public void copyIn(int at, float[] from, int fromAt, int length) {
        System.arraycopy(from, fromAt, array, place(at, length), length);
    }

    @Override
    public void copyOut(int at, float[] to, int toAt, int length) {
        System.arraycopy(array, place(at, length), to, toAt, length);
    }

    @Override
    public void copyIn(int at, MemorySegment from, int length) {
        MemorySegment.copy(from, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, array, place(at, length), length);
    }

    @Override
    public void copyOut(int at, MemorySegment to, int length) {
        MemorySegment.copy(array, place(at, length), to, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, length);
    }

    private int place(int at, int length) {
        return offset + Objects.checkFromIndexSize(at, length, capacity);
    }

    @Override
    public HeapBuffer slice(int at, int length) {
        return at == 0 && length == capacity
                ? this
                : new HeapBuffer(array, place(at, length), length, base == null ? this : base);
    }

    @Override
    public Object memory() {
        return array;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public boolean onHeap() {
        return true;
    }

    @Override
    public float[] array() {
        return array;
    }

    @Override
    public int arrayOffset() {
        return offset;
    }

    @Override
    public String toString() {
        return capacity + " numbers on the heap";
    }

    /** The refusal of an array, which says who asked for it. */
    static UnsupportedOperationException noArray(String what, String device) {
        String asked = StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> !f.getClassName().equals(HeapBuffer.class.getName())
                                && !f.getMethodName().startsWith("array"))
                        .findFirst()
                        .map(f -> f.getClassName() + "." + f.getMethodName())
                        .orElse("somebody"));
        return new UnsupportedOperationException(asked + " asked for the array of a " + what + " on device '" + device
                + "', which keeps no arrays; copy its numbers, or bring a kernel for that device");
    }
}
