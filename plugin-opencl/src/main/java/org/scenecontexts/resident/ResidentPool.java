package org.scenecontexts.resident;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.WeakHashMap;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceFullException;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;

/**
 * Lends the device's memory. What is given back is lent again at once: the queue does things in order, so that whatever was
 * asked for before has been done when the next owner writes.
 *
 * <p>Lengths are rounded up to one of eight classes per power of two. Before memory is taken from the device while more lies
 * idle than was ever lent at one time, what has lain idle for longest goes back to the device.
 */
final class ResidentPool implements BufferPool {

    private static final int SMALLEST = 64;
    private static final long WAIT_FOR_COLLECTOR_MILLIS = 50;

    private final DeviceSession session;
    private final boolean poison;
    private final Map<Integer, Deque<DeviceMemory>> idle = new HashMap<>();
    private final Set<DeviceMemory> idleByAge = new LinkedHashSet<>();

    /** Weak: what was lent and never given back is the garbage collector's. */
    private final Set<DeviceMemory> lent = Collections.newSetFromMap(new WeakHashMap<>());

    private long idleBytes;
    private long lentBytes;
    private long most;
    private long peak;

    ResidentPool(DeviceSession session, boolean poison) {
        this.session = session;
        this.poison = poison;
    }

    @Override
    public Buffer take(int length) {
        return ResidentBuffer.of(session, memory(length));
    }

    @Override
    public Indices takeIndices(int length, int range) {
        return ResidentIndices.lent(session, memory(length), length, range, this::giveBack);
    }

    @Override
    public OptionalLong capacity() {
        return OptionalLong.of(session.limit() - session.taken() + bytes());
    }

    private synchronized DeviceMemory memory(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a buffer needs a length of 0 or more, found " + length);
        }
        int rounded = rounded(Math.max(length, SMALLEST));
        Deque<DeviceMemory> fitting = idle.get(rounded);
        DeviceMemory memory = fitting == null ? null : fitting.pollLast();
        if (memory == null) {
            memory = fromDevice(rounded);
            if (poison) {
                session.poison(memory);
            }
        } else {
            idleByAge.remove(memory);
            idleBytes -= memory.bytes();
        }
        lent.add(memory);
        lentBytes += memory.bytes();
        most = Math.max(most, lentBytes);
        peak = Math.max(peak, lentBytes);
        return memory;
    }

    private DeviceMemory fromDevice(int elements) {
        makeRoom(most);
        try {
            return session.allocate(elements);
        } catch (DeviceFullException full) {
            // What nobody has any more lies there until the collector finds it.
            makeRoom(0);
            session.finish();
            System.gc();
            pause();
            return session.allocate(elements);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_FOR_COLLECTOR_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Eight classes per power of two: the next number with at most four significant bits. */
    static int rounded(int length) {
        int step = Math.max(0, 31 - Integer.numberOfLeadingZeros(length) - 3);
        long up = ((long) length + (1L << step) - 1) >>> step << step;
        return (int) Math.min(up, Integer.MAX_VALUE - 8);
    }

    private void makeRoom(long allowed) {
        Iterator<DeviceMemory> oldest = idleByAge.iterator();
        while (idleBytes > allowed && oldest.hasNext()) {
            DeviceMemory memory = oldest.next();
            oldest.remove();
            idle.get(memory.elements()).remove(memory);
            idleBytes -= memory.bytes();
            memory.free();
        }
    }

    @Override
    public void give(Buffer buffer) {
        if (!(buffer instanceof ResidentBuffer resident)
                || resident.offset() != 0
                || resident.capacity() != resident.memory().elements()) {
            throw new IllegalArgumentException("a buffer of " + buffer.capacity() + " numbers of device '"
                    + buffer.device() + "' was given to the pool of '"
                    + session.device().backend()
                    + "', which did not make it; give back only what take() returned");
        }
        giveBack(resident.memory());
    }

    private synchronized void giveBack(DeviceMemory memory) {
        if (!lent.remove(memory)) {
            if (idleByAge.contains(memory)) {
                throw new IllegalStateException("a buffer of " + memory.elements() + " numbers was given back twice;"
                        + " whoever gave it back first must not use it afterwards");
            }
            throw new IllegalArgumentException("a buffer of " + memory.elements()
                    + " numbers was given to a pool that did not make it; give back only what take() returned");
        }
        lentBytes -= memory.bytes();
        if (poison) {
            session.poison(memory);
        }
        idle.computeIfAbsent(memory.elements(), e -> new ArrayDeque<>()).addLast(memory);
        idleByAge.add(memory);
        idleBytes += memory.bytes();
    }

    @Override
    public synchronized long bytes() {
        return lentBytes() + idleBytes;
    }

    @Override
    public synchronized long lentBytes() {
        // What the collector has found in the meantime no longer counts.
        lentBytes = lent.stream().mapToLong(DeviceMemory::bytes).sum();
        return lentBytes;
    }

    @Override
    public synchronized long peakBytes() {
        return peak;
    }

    @Override
    public synchronized void restartPeak() {
        peak = lentBytes();
    }

    @Override
    public synchronized void trim() {
        makeRoom(0);
        most = lentBytes();
        peak = most;
    }
}
