package org.scenecontexts.engine.cpu;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Reuses the buffers of one training step for the next, so that steady-state training neither allocates nor waits for the
 * garbage collector. Not safe for several threads.
 *
 * <p>Lengths are rounded up to one of eight classes per power of two (at most 12.5% more than asked). A request takes
 * the smallest idle buffer of its class or of the next three. Before a new buffer is made, idle ones that have not been
 * used for longest are dropped while the pool would otherwise hold more than {@value #SLACK_PERCENT}% of the most that
 * was ever lent at one time, and all of them when the heap is full: batches of changing size do not pile up. A lent buffer that is never given back is left to
 * the garbage collector and stops counting when it is collected.
 */
final class LeasePool<T> {

    private static final int SLACK_PERCENT = 200;
    private static final int SMALLEST = 16;
    private static final int CLASSES_ABOVE = 3;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    /** A buffer of this pool; {@link #idle} holds it while it is not lent. */
    private static final class Lease<T> extends WeakReference<T> {
        private final int hash;
        private final int length;
        private T idle;
        private Lease<T> chained;

        Lease(T buffer, int length, ReferenceQueue<T> collected) {
            super(buffer, collected);
            hash = System.identityHashCode(buffer);
            this.length = length;
        }

        long bytes() {
            return 4L * length;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<Lease<T>>[] idleByClass = new ArrayDeque[8 * 32];

    /** Idle buffers, least recently used first. */
    private final LinkedHashSet<Lease<T>> idleByAge = new LinkedHashSet<>();

    private final ReferenceQueue<T> collected = new ReferenceQueue<>();
    private Lease<T>[] table = table(256);
    private int made;
    private long bytes;
    private long idleBytes;
    private long mostLent;
    private long madeBytes;
    private final IntFunction<T> maker;
    private final ToIntFunction<T> lengthOf;

    LeasePool(IntFunction<T> maker, ToIntFunction<T> lengthOf) {
        this.maker = maker;
        this.lengthOf = lengthOf;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> Lease<T>[] table(int length) {
        return new Lease[length];
    }

    T take(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a buffer needs a length of 0 or more, found " + length);
        }
        forgetCollected();
        int sizeClass = classOf(Math.max(length, SMALLEST));
        for (int c = sizeClass; c <= sizeClass + CLASSES_ABOVE && c < idleByClass.length; c++) {
            if (idleByClass[c] != null && !idleByClass[c].isEmpty()) {
                Lease<T> lease = idleByClass[c].pollLast();
                idleByAge.remove(lease);
                return lend(lease);
            }
        }
        int rounded = lengthOf(sizeClass);
        long lentThen = bytes - idleBytes + 4L * rounded;
        makeRoom(Math.max(mostLent, lentThen) / 100 * SLACK_PERCENT - lentThen);
        T buffer = make(rounded);
        madeBytes += 4L * rounded;
        Lease<T> lease = new Lease<>(buffer, lengthOf.applyAsInt(buffer), collected);
        insert(lease);
        bytes += lease.bytes();
        mostLent = Math.max(mostLent, bytes - idleBytes);
        return buffer;
    }

    private T make(int length) {
        try {
            return maker.apply(length);
        } catch (OutOfMemoryError full) {
            // In a tight heap idle buffers are what can be spared; batches of the same size need few.
            makeRoom(0);
            return maker.apply(length);
        }
    }

    private T lend(Lease<T> lease) {
        T buffer = lease.idle;
        lease.idle = null;
        idleBytes -= lease.bytes();
        mostLent = Math.max(mostLent, bytes - idleBytes);
        return buffer;
    }

    void give(T buffer) {
        int length = lengthOf.applyAsInt(buffer);
        Lease<T> lease = find(buffer);
        if (lease == null) {
            throw new IllegalArgumentException("a buffer of " + length + " numbers was given to a pool that did"
                    + " not make it; give back only what take() returned");
        }
        if (lease.idle != null) {
            throw new IllegalStateException("a buffer of " + length + " numbers was given back twice; whoever"
                    + " gave it back first must not use it afterwards");
        }
        lease.idle = buffer;
        idleBytes += lease.bytes();
        int sizeClass = classOf(length);
        if (idleByClass[sizeClass] == null) {
            idleByClass[sizeClass] = new ArrayDeque<>();
        }
        idleByClass[sizeClass].addLast(lease);
        idleByAge.add(lease);
    }

    /** Bytes of all buffers, lent or idle. */
    long bytes() {
        forgetCollected();
        return bytes;
    }

    /** Bytes of the buffers that are lent now. */
    long lentBytes() {
        forgetCollected();
        return bytes - idleBytes;
    }

    /** Most bytes that were lent at one time since the pool was made or trimmed. */
    long mostLentBytes() {
        return mostLent;
    }

    /** Bytes of all buffers that this pool ever made; what it does not reuse shows here. */
    long madeBytes() {
        return madeBytes;
    }

    void trim() {
        makeRoom(0);
        mostLent = bytes - idleBytes;
    }

    /** Drops idle buffers, oldest first, until they hold no more than this. */
    private void makeRoom(long allowedIdle) {
        Iterator<Lease<T>> oldest = idleByAge.iterator();
        while (idleBytes > allowedIdle && oldest.hasNext()) {
            Lease<T> lease = oldest.next();
            oldest.remove();
            idleByClass[classOf(lease.length)].remove(lease);
            idleBytes -= lease.bytes();
            bytes -= lease.bytes();
            remove(lease);
        }
    }

    private void forgetCollected() {
        for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            @SuppressWarnings("unchecked")
            Lease<T> lease = (Lease<T>) gone;
            if (remove(lease)) {
                bytes -= lease.bytes();
            }
        }
    }

    // ---- size classes -----------------------------------------------------------------------------------------

    /** Eight classes per power of two: the class of the next longer length that has at most four significant bits. */
    static int classOf(int length) {
        int exponent = 31 - Integer.numberOfLeadingZeros(length);
        int step = exponent - 3;
        int eighths = (int) (((long) length + (1L << step) - 1) >>> step);
        // 16 eighths are 8 of the next power of two: the formula gives the same class for both.
        return 8 * exponent + eighths - 8;
    }

    static int lengthOf(int sizeClass) {
        long length = (long) (8 + sizeClass % 8) << (sizeClass / 8 - 3);
        return (int) Math.min(length, LARGEST);
    }

    // ---- leases by identity -----------------------------------------------------------------------------------

    private Lease<T> find(T buffer) {
        Lease<T> lease = table[System.identityHashCode(buffer) & table.length - 1];
        while (lease != null && !lease.refersTo(buffer)) {
            lease = lease.chained;
        }
        return lease;
    }

    private void insert(Lease<T> lease) {
        if (++made > table.length) {
            Lease<T>[] old = table;
            table = table(2 * old.length);
            for (Lease<T> chain : old) {
                while (chain != null) {
                    Lease<T> rest = chain.chained;
                    link(chain);
                    chain = rest;
                }
            }
        }
        link(lease);
    }

    private void link(Lease<T> lease) {
        int slot = lease.hash & table.length - 1;
        lease.chained = table[slot];
        table[slot] = lease;
    }

    private boolean remove(Lease<T> lease) {
        int slot = lease.hash & table.length - 1;
        Lease<T> previous = null;
        for (Lease<T> at = table[slot]; at != null; at = at.chained) {
            if (at == lease) {
                if (previous == null) {
                    table[slot] = at.chained;
                } else {
                    previous.chained = at.chained;
                }
                made--;
                // What is dropped must not come back through the reference queue as well.
                lease.clear();
                lease.idle = null;
                return true;
            }
            previous = at;
        }
        return false;
    }
}
