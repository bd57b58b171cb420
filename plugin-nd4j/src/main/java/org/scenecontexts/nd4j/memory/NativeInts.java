package org.scenecontexts.nd4j.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Row numbers in ND4J's memory as loops see them.
 *
 * @param memory from the first to the last
 */
public record NativeInts(MemorySegment memory) {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    /** The number at a place. */
    public int get(long at) {
        return memory.getAtIndex(INT, at);
    }

    /** Writes a number. */
    public void set(long at, int value) {
        memory.setAtIndex(INT, at, value);
    }
}
