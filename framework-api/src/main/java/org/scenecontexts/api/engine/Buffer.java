package org.scenecontexts.api.engine;

import java.lang.foreign.MemorySegment;

/**
 * Numbers that belong to an engine, wherever that keeps them: what tensors hold and kernels work on.
 *
 * <p>Copies take and give float32 whatever the {@link #type}; places and lengths count elements. A copy sees what was
 * asked of the engine before it, and is done when the method returns unless it is one of those that return an
 * {@link Event}. A {@link #slice} is a buffer like any other and keeps what it lies in.
 *
 * <p>Only buffers on the Java heap have an {@link #array}; code that is not an engine's own kernel copies instead.
 *
 * @since 0.2
 */
public interface Buffer {

    /** No numbers: what kernels are given for an argument that is not there. */
    Buffer NONE = HeapBuffer.of(new float[0]);

    /** Elements that there is room for. */
    int capacity();

    /** What an element is. */
    ElementType type();

    /** Name of the engine, for messages. */
    String device();

    /**
     * Copies numbers in.
     *
     * @param at first element to write
     * @throws IndexOutOfBoundsException when either side has no room
     */
    void copyIn(int at, float[] from, int fromAt, int length);

    /**
     * Copies numbers out.
     *
     * @param at first element to read
     * @throws IndexOutOfBoundsException when either side has no room
     */
    void copyOut(int at, float[] to, int toAt, int length);

    /**
     * Copies numbers in from native memory, or any other segment.
     *
     * @param from {@code length} floats in the machine's byte order, from its beginning
     */
    void copyIn(int at, MemorySegment from, int length);

    /**
     * Copies numbers out to native memory, or any other segment.
     *
     * @param to room for {@code length} floats
     */
    void copyOut(int at, MemorySegment to, int length);

    /** As {@link #copyIn(int, MemorySegment, int)}, but may still be going on: leave the segment alone until then. */
    default Event copyInLater(int at, MemorySegment from, int length) {
        copyIn(at, from, length);
        return Event.DONE;
    }

    /** As {@link #copyOut(int, MemorySegment, int)}, but may still be going on: the segment can be read after that. */
    default Event copyOutLater(int at, MemorySegment to, int length) {
        copyOut(at, to, length);
        return Event.DONE;
    }

    /**
     * A part, in the same memory.
     *
     * @throws IndexOutOfBoundsException when it is not all inside
     */
    Buffer slice(int at, int length);

    /** What this lies in: two buffers share memory if and only if this is the same object. */
    Object memory();

    /** The first element, counted from the beginning of {@link #memory}. */
    int offset();

    /** Whether both begin at the same element of the same memory. */
    default boolean startsWith(Buffer other) {
        return memory() == other.memory() && offset() == other.offset();
    }

    /** One number, copied. */
    default float get(int at) {
        float[] value = new float[1];
        copyOut(at, value, 0, 1);
        return value[0];
    }

    /** The leading numbers, copied. */
    default float[] toArray(int length) {
        float[] values = new float[length];
        copyOut(0, values, 0, length);
        return values;
    }

    /** Whether {@link #array} is there. */
    default boolean onHeap() {
        return false;
    }

    /**
     * The array that the numbers lie in, from {@link #arrayOffset} on: for kernels of engines on the heap.
     *
     * @throws UnsupportedOperationException elsewhere, naming who asked and the device
     */
    default float[] array() {
        throw HeapBuffer.noArray("buffer", device());
    }

    /** Where in {@link #array} the first number lies. */
    default int arrayOffset() {
        throw HeapBuffer.noArray("buffer", device());
    }
}
