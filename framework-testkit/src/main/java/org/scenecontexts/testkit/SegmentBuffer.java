package org.scenecontexts.testkit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.ElementType;

/** Numbers in native memory, which is freed when nobody refers to it any more. */
final class SegmentBuffer implements Buffer {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final MemorySegment memory;
    private final int offset;
    private final int capacity;
    private final AtomicLong reads;

    private SegmentBuffer(MemorySegment memory, int offset, int capacity, AtomicLong reads) {
        this.reads = reads;
        this.memory = memory;
        this.offset = offset;
        this.capacity = capacity;
    }

    /** @param reads counts copies to the host */
    static SegmentBuffer allocate(int capacity, AtomicLong reads) {
        MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, (long) capacity * Float.BYTES), Float.BYTES);
        return new SegmentBuffer(memory, 0, capacity, reads);
    }

    private long place(int at, int length) {
        return (long) (offset + Objects.checkFromIndexSize(at, length, capacity)) * Float.BYTES;
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
        return "opaque";
    }

    @Override
    public void copyIn(int at, float[] from, int fromAt, int length) {
        MemorySegment.copy(from, fromAt, memory, FLOAT, place(at, length), length);
    }

    @Override
    public void copyOut(int at, float[] to, int toAt, int length) {
        reads.incrementAndGet();
        MemorySegment.copy(memory, FLOAT, place(at, length), to, toAt, length);
    }

    @Override
    public void copyIn(int at, MemorySegment from, int length) {
        MemorySegment.copy(from, FLOAT, 0, memory, FLOAT, place(at, length), length);
    }

    @Override
    public void copyOut(int at, MemorySegment to, int length) {
        reads.incrementAndGet();
        MemorySegment.copy(memory, FLOAT, place(at, length), to, FLOAT, 0, length);
    }

    @Override
    public SegmentBuffer slice(int at, int length) {
        Objects.checkFromIndexSize(at, length, capacity);
        return new SegmentBuffer(memory, offset + at, length, reads);
    }

    @Override
    public Object memory() {
        return memory;
    }

    @Override
    public int offset() {
        return offset;
    }

    /** Makes all of it not-a-number. */
    void poison() {
        for (int i = 0; i < capacity; i++) {
            memory.set(FLOAT, place(i, 1), Float.NaN);
        }
    }
}
