package org.scenecontexts.testkit;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.Indices;

/** The buffers of {@link OpaqueEngine}, always poisoned when they come back. */
final class SegmentPool implements BufferPool {

    private static final int STEP = 16;

    private final AtomicLong reads;
    private final Map<Integer, Deque<SegmentBuffer>> idle = new HashMap<>();
    private final Set<Buffer> lent = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;
    private long lentBytes;
    private long peak;

    /** @param reads counts copies to the host */
    SegmentPool(AtomicLong reads) {
        this.reads = reads;
    }

    @Override
    public synchronized Buffer take(int length) {
        int capacity = Math.ceilDiv(Math.max(1, length), STEP) * STEP;
        SegmentBuffer buffer =
                idle.computeIfAbsent(capacity, c -> new ArrayDeque<>()).pollLast();
        if (buffer == null) {
            buffer = SegmentBuffer.allocate(capacity, reads);
            buffer.poison();
            bytes += (long) capacity * Float.BYTES;
        }
        lent.add(buffer);
        lentBytes += (long) capacity * Float.BYTES;
        peak = Math.max(peak, lentBytes);
        return buffer;
    }

    @Override
    public synchronized void give(Buffer buffer) {
        if (!(buffer instanceof SegmentBuffer segment) || !lent.remove(buffer)) {
            throw new IllegalArgumentException(
                    "a buffer of " + buffer.capacity() + " numbers was given back that is not lent");
        }
        lentBytes -= (long) segment.capacity() * Float.BYTES;
        segment.poison();
        idle.get(segment.capacity()).addLast(segment);
    }

    @Override
    public Indices takeIndices(int length, int range) {
        return new SegmentIndices(length, range, 0, reads);
    }

    @Override
    public synchronized long bytes() {
        return bytes;
    }

    @Override
    public synchronized long lentBytes() {
        return lentBytes;
    }

    @Override
    public synchronized long peakBytes() {
        return peak;
    }

    @Override
    public synchronized void restartPeak() {
        peak = lentBytes;
    }

    @Override
    public synchronized void trim() {
        idle.values().forEach(Deque::clear);
        bytes = lentBytes;
    }
}
