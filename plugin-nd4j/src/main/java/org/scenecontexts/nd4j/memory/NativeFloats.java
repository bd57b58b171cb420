package org.scenecontexts.nd4j.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers in ND4J's memory as loops see them that ND4J has no operation for: read and written where they lie. What is
 * outside of a buffer is refused with {@link IndexOutOfBoundsException}.
 *
 * @param memory from the buffer's first number to its last
 */
public record NativeFloats(MemorySegment memory) {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    /** The number at a place. */
    public float get(long at) {
        return memory.getAtIndex(FLOAT, at);
    }

    /** Writes a number. */
    public void set(long at, float value) {
        memory.setAtIndex(FLOAT, at, value);
    }

    /** Adds to a number. */
    public void add(long at, float value) {
        memory.setAtIndex(FLOAT, at, memory.getAtIndex(FLOAT, at) + value);
    }

    /** Writes one number to all places of a range. */
    public void fill(long from, long to, float value) {
        for (long i = from; i < to; i++) {
            memory.setAtIndex(FLOAT, i, value);
        }
    }

    /** Copies numbers from elsewhere. */
    public void copy(NativeFloats from, long fromAt, long at, long length) {
        MemorySegment.copy(from.memory, FLOAT, Float.BYTES * fromAt, memory, FLOAT, Float.BYTES * at, length);
    }

    /** Whether there are none: an argument that was left out. */
    public boolean absent() {
        return memory.byteSize() == 0;
    }
}
