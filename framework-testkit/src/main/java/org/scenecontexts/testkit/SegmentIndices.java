package org.scenecontexts.testkit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;

/** Row numbers in native memory. */
final class SegmentIndices implements Indices {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final MemorySegment memory;
    private final int length;
    private final int range;
    private final int lowest;
    private final AtomicLong reads;

    /** @param reads counts copies to the host */
    SegmentIndices(int length, int range, int lowest, AtomicLong reads) {
        this.reads = reads;
        memory = Arena.ofAuto().allocate(Math.max(1, (long) length * Integer.BYTES), Integer.BYTES);
        this.length = length;
        this.range = range;
        this.lowest = lowest;
    }

    static SegmentIndices of(HeapIndices checked, AtomicLong reads) {
        SegmentIndices indices = new SegmentIndices(checked.length(), checked.range(), checked.lowest(), reads);
        MemorySegment.copy(checked.array(), 0, indices.memory, INT, 0, checked.length());
        return indices;
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
        return "opaque";
    }

    @Override
    public void copyOut(int at, int[] to, int toAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        reads.incrementAndGet();
        MemorySegment.copy(memory, INT, (long) at * Integer.BYTES, to, toAt, count);
    }

    @Override
    public void copyIn(int at, int[] from, int fromAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        HeapIndices.check(from, fromAt, count, lowest, range);
        MemorySegment.copy(from, fromAt, memory, INT, (long) at * Integer.BYTES, count);
    }

    @Override
    public Object memory() {
        return memory;
    }
}
