package org.scenecontexts.engine.cpu;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;

/**
 * The buffers of engines on the heap: arrays of one training step are those of the next. A heap engine's work is done when
 * its methods return, so that what is given back can be lent at once.
 *
 * @since 0.1
 */
public final class PooledBuffers implements BufferPool {

    private final LeasePool<HeapBuffer> numbers;
    private final LeasePool<int[]> indices = new LeasePool<>(int[]::new, array -> array.length);
    private final boolean poison;
    private long peakBytes;

    /** A pool that treats what is given back as {@link BufferPool#PROPERTY} says. */
    public PooledBuffers() {
        this(float[]::new, BufferPool.poisons());
    }

    /** A pool of arrays made otherwise, to see what it does when there is no room. */
    PooledBuffers(IntFunction<float[]> maker, boolean poison) {
        numbers = new LeasePool<>(length -> HeapBuffer.of(maker.apply(length)), HeapBuffer::capacity);
        this.poison = poison;
    }

    @Override
    public synchronized Buffer take(int length) {
        HeapBuffer buffer = numbers.take(length);
        lent();
        if (poison) {
            Arrays.fill(buffer.array(), Float.NaN);
        }
        return buffer;
    }

    private void lent() {
        peakBytes = Math.max(peakBytes, numbers.lentBytes() + indices.lentBytes());
    }

    @Override
    public synchronized void give(Buffer buffer) {
        if (!(buffer instanceof HeapBuffer heap)) {
            throw new IllegalArgumentException("a buffer of device '" + buffer.device()
                    + "' was given to a pool of the heap; give back only what take() returned");
        }
        numbers.give(heap);
        if (poison) {
            Arrays.fill(heap.array(), Float.NaN);
        }
    }

    @Override
    public synchronized Indices takeIndices(int length, int range) {
        int[] array = indices.take(length);
        lent();
        if (poison) {
            Arrays.fill(array, Integer.MIN_VALUE);
        }
        return HeapIndices.over(array, length, range, () -> giveBack(array));
    }

    private synchronized void giveBack(int[] array) {
        indices.give(array);
        if (poison) {
            Arrays.fill(array, Integer.MIN_VALUE);
        }
    }

    @Override
    public synchronized long bytes() {
        return numbers.bytes() + indices.bytes();
    }

    @Override
    public synchronized long lentBytes() {
        return numbers.lentBytes() + indices.lentBytes();
    }

    @Override
    public synchronized long peakBytes() {
        return peakBytes;
    }

    @Override
    public synchronized void restartPeak() {
        peakBytes = numbers.lentBytes() + indices.lentBytes();
    }

    /** Bytes of all buffers that this pool ever made; what it does not reuse shows here. */
    public synchronized long madeBytes() {
        return numbers.madeBytes() + indices.madeBytes();
    }

    @Override
    public synchronized void trim() {
        numbers.trim();
        indices.trim();
        restartPeak();
    }
}
