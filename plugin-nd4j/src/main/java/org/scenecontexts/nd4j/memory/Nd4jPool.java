package org.scenecontexts.nd4j.memory;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.IntFunction;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.Indices;

/**
 * Lends ND4J arrays, so that a training in steady state makes none. ND4J has done an operation when its call returns: what is
 * given back can be lent again at once.
 *
 * <p>Lengths are rounded up to one of eight classes per power of two. Before more memory is taken while more lies idle than was
 * ever lent at one time, what has lain idle for longest is freed.
 */
public final class Nd4jPool implements BufferPool {

    /** The name of the device, for messages. */
    public static final String DEVICE = "nd4j";

    private static final int SMALLEST = 64;

    private final Traffic traffic;
    private final boolean poison;
    private final Shelf floats = new Shelf(Nd4jMemory::floats);
    private final Shelf ints = new Shelf(Nd4jMemory::ints);
    private long most;
    private long peak;

    /**
     * @param traffic counts copies
     * @param poison whether what is given back shall become not-a-number
     */
    public Nd4jPool(Traffic traffic, boolean poison) {
        this.traffic = traffic;
        this.poison = poison;
    }

    /** Arrays of one kind. */
    private static final class Shelf {
        private final IntFunction<Nd4jMemory> making;
        private final Map<Integer, Deque<Nd4jMemory>> idle = new HashMap<>();
        private final Set<Nd4jMemory> byAge = new LinkedHashSet<>();

        /** Weak: what was lent and never given back is the garbage collector's. */
        private final Set<Nd4jMemory> lent = Collections.newSetFromMap(new WeakHashMap<>());

        private long idleBytes;
        private long lentBytes;

        Shelf(IntFunction<Nd4jMemory> making) {
            this.making = making;
        }

        void free(long allowed) {
            Iterator<Nd4jMemory> oldest = byAge.iterator();
            while (idleBytes > allowed && oldest.hasNext()) {
                Nd4jMemory memory = oldest.next();
                oldest.remove();
                idle.get(memory.elements()).remove(memory);
                idleBytes -= memory.bytes();
                memory.free();
            }
        }

        /** Counts again: what the collector has found in the meantime is no longer lent. */
        long lentBytes() {
            lentBytes = lent.stream().mapToLong(Nd4jMemory::bytes).sum();
            return lentBytes;
        }
    }

    @Override
    public Buffer take(int length) {
        return Nd4jBuffer.of(memory(floats, length), traffic);
    }

    @Override
    public Indices takeIndices(int length, int range) {
        return Nd4jIndices.lent(memory(ints, length), length, range, traffic, memory -> giveBack(ints, memory));
    }

    private synchronized Nd4jMemory memory(Shelf shelf, int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a buffer needs a length of 0 or more, found " + length);
        }
        int rounded = rounded(Math.max(length, SMALLEST));
        Deque<Nd4jMemory> fitting = shelf.idle.get(rounded);
        Nd4jMemory memory = fitting == null ? null : fitting.pollLast();
        if (memory == null) {
            shelf.free(most);
            memory = shelf.making.apply(rounded);
            poison(shelf, memory);
        } else {
            shelf.byAge.remove(memory);
            shelf.idleBytes -= memory.bytes();
        }
        shelf.lent.add(memory);
        shelf.lentBytes += memory.bytes();
        most = Math.max(most, floats.lentBytes + ints.lentBytes);
        peak = Math.max(peak, floats.lentBytes + ints.lentBytes);
        return memory;
    }

    /** Eight classes per power of two: the next number with at most four significant bits. */
    static int rounded(int length) {
        int step = Math.max(0, 31 - Integer.numberOfLeadingZeros(length) - 3);
        long up = ((long) length + (1L << step) - 1) >>> step << step;
        return (int) Math.min(up, Integer.MAX_VALUE - 8);
    }

    private void poison(Shelf shelf, Nd4jMemory memory) {
        if (poison && shelf == floats) {
            new NativeFloats(memory.forWriting()).fill(0, memory.elements(), Float.NaN);
        }
    }

    @Override
    public void give(Buffer buffer) {
        if (!(buffer instanceof Nd4jBuffer own)
                || own.offset() != 0
                || own.capacity() != own.memory().elements()) {
            throw new IllegalArgumentException("a buffer of " + buffer.capacity() + " numbers of device '"
                    + buffer.device() + "' was given to the pool of '" + DEVICE
                    + "', which did not make it; give back only what take() returned");
        }
        giveBack(floats, own.memory());
    }

    private synchronized void giveBack(Shelf shelf, Nd4jMemory memory) {
        if (!shelf.lent.remove(memory)) {
            if (shelf.byAge.contains(memory)) {
                throw new IllegalStateException("a buffer of " + memory.elements() + " numbers was given back twice;"
                        + " whoever gave it back first must not use it afterwards");
            }
            throw new IllegalArgumentException("a buffer of " + memory.elements()
                    + " numbers was given to a pool that did not make it; give back only what take() returned");
        }
        shelf.lentBytes -= memory.bytes();
        poison(shelf, memory);
        shelf.idle.computeIfAbsent(memory.elements(), e -> new ArrayDeque<>()).addLast(memory);
        shelf.byAge.add(memory);
        shelf.idleBytes += memory.bytes();
    }

    @Override
    public synchronized long bytes() {
        return lentBytes() + floats.idleBytes + ints.idleBytes;
    }

    @Override
    public synchronized long lentBytes() {
        return floats.lentBytes() + ints.lentBytes();
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
        floats.free(0);
        ints.free(0);
        most = lentBytes();
        peak = most;
    }
}
