package org.scenecontexts.api.engine;

import java.util.OptionalLong;

/**
 * Lends an engine's buffers and takes them back, so that training in steady state allocates almost nothing.
 *
 * <p>What is given back is lent again in the order of the engine's queue: work that was asked for before may still read it,
 * work that is asked for afterwards may write it. With {@code -Dcsc.buffers=poison} what is given back is filled with
 * not-a-number, so that whoever reads it afterwards is found out; tests run so. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface BufferPool {

    /** The system property that says how buffers are treated; {@code poison} fills what is given back. */
    String PROPERTY = "csc.buffers";

    /** Whether buffers that are given back shall be filled with not-a-number. */
    static boolean poisons() {
        return "poison".equals(System.getProperty(PROPERTY));
    }

    /**
     * A buffer with undefined content.
     *
     * @param length least number of elements; there may be more
     */
    Buffer take(int length);

    /**
     * Gives a buffer back. Nobody may use it, or slices of it, afterwards.
     *
     * @throws IllegalArgumentException when it was not lent by this pool, as with slices
     * @throws IllegalStateException when it was given back before
     */
    void give(Buffer buffer);

    /**
     * Room for indices that a kernel writes, with undefined content; {@link Indices#release} gives it back.
     *
     * @param range what the kernel promises all of them to be below
     */
    Indices takeIndices(int length, int range);

    /** Bytes of everything made by this pool, lent or idle. */
    long bytes();

    /**
     * Most bytes that this pool can have: those of the device, but for what is taken of it elsewhere, as by parameters. Empty where
     * nobody has said, as of memory that the processor's other programs share.
     *
     * @since 0.2
     */
    default OptionalLong capacity() {
        return OptionalLong.empty();
    }

    /** Bytes of what is lent now. */
    long lentBytes();

    /** Most bytes that were lent at one time since {@link #restartPeak}, or since the pool was made. */
    long peakBytes();

    /** Begins a new {@link #peakBytes}, as at the start of a step. */
    void restartPeak();

    /** Forgets idle buffers, so that their memory can be used otherwise. */
    void trim();
}
