package org.scenecontexts.api.engine;

/**
 * Row numbers that belong to an engine: made from the host once (their range checked there, then brought to the device and
 * kept with the batch that they belong to), or allocated and written by a kernel, such as the winners of a maximum.
 *
 * <p>Kernels trust them: every one is at least {@link #lowest} and below {@link #range}.
 *
 * @since 0.2
 */
public interface Indices {

    /** How many there are. */
    int length();

    /** What all are below. */
    int range();

    /** What all are at least: 0, or a negative number where negative ones mean that there is none. */
    default int lowest() {
        return 0;
    }

    /** Name of the engine, for messages. */
    String device();

    /** Copies some to the host; waits for what writes them. */
    void copyOut(int at, int[] to, int toAt, int length);

    /** Copies some in; for whoever computes indices on the host for a device. They are checked against the range. */
    void copyIn(int at, int[] from, int fromAt, int length);

    /** All of them, copied to the host. */
    default int[] toArray() {
        int[] values = new int[length()];
        copyOut(0, values, 0, values.length);
        return values;
    }

    /** What these lie in: the same object means the same memory. */
    Object memory();

    /** Gives their room back to the engine, where it was lent; else does nothing. Nobody may use them afterwards. */
    default void release() {}

    /** Whether {@link #array} is there. */
    default boolean onHeap() {
        return false;
    }

    /**
     * The array that they lie in, from its beginning; it may be longer. For kernels of engines on the heap.
     *
     * @throws UnsupportedOperationException elsewhere, naming who asked and the device
     */
    default int[] array() {
        throw HeapBuffer.noArray("list of indices", device());
    }
}
