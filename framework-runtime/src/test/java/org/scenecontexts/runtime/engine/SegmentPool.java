package org.scenecontexts.runtime.engine;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.Indices;

/** The buffers of {@link OpaqueEngine}, always poisoned when they come back. */
final class SegmentPool implements BufferPool {

    private final LeasePool<SegmentBuffer> leases = new LeasePool<>(SegmentBuffer::allocate, SegmentBuffer::capacity);
    private long peak;

    @Override
    public synchronized Buffer take(int length) {
        SegmentBuffer buffer = leases.take(length);
        peak = Math.max(peak, leases.lentBytes());
        return buffer;
    }

    @Override
    public synchronized void give(Buffer buffer) {
        if (!(buffer instanceof SegmentBuffer segment)) {
            throw new IllegalArgumentException("a buffer of device '" + buffer.device() + "' was given to this pool");
        }
        leases.give(segment);
        segment.poison();
    }

    @Override
    public Indices takeIndices(int length, int range) {
        return new SegmentIndices(length, range, 0);
    }

    @Override
    public synchronized long bytes() {
        return leases.bytes();
    }

    @Override
    public synchronized long lentBytes() {
        return leases.lentBytes();
    }

    @Override
    public synchronized long peakBytes() {
        return peak;
    }

    @Override
    public synchronized void restartPeak() {
        peak = leases.lentBytes();
    }

    @Override
    public synchronized void trim() {
        leases.trim();
    }
}
