package org.scenecontexts.resident.cuda;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Host memory that the card reads and writes by itself, which is lent to one copy after another: from other memory the driver
 * copies only when the stream is empty, and the host waits for it. Used while the session is locked.
 */
final class PinnedStaging {

    /** Events that are only waited for. */
    private static final int NO_TIMING = 2;

    private static final long SMALLEST = 64 << 10;

    /** More than this is not kept when it lies idle. */
    private static final long MOST_IDLE = 256L << 20;

    private final CudaContext context;
    private final CudaLibrary library;
    private final Set<Block> all = new HashSet<>();
    private final List<Block> idle = new ArrayList<>();
    private final Deque<Block> busy = new ArrayDeque<>();
    private long idleBytes;

    /** A piece of such memory and the event after which it is free. */
    static final class Block {
        private final long address;
        private final long bytes;
        private final long event;
        private final MemorySegment memory;

        @SuppressWarnings("restricted")
        Block(long address, long bytes, long event) {
            this.address = address;
            this.bytes = bytes;
            this.event = event;
            memory = MemorySegment.ofAddress(address).reinterpret(bytes);
        }

        MemorySegment memory() {
            return memory;
        }

        long event() {
            return event;
        }
    }

    PinnedStaging(CudaContext context) {
        this.context = context;
        library = context.library();
    }

    /** A block of at least some bytes, which nothing uses. */
    Block take(long bytes) {
        reclaim();
        int at = smallest(bytes);
        if (at >= 0) {
            Block block = idle.remove(at);
            idleBytes -= block.bytes;
            return block;
        }
        long rounded = Math.max(SMALLEST, Long.highestOneBit(Math.max(1, bytes - 1)) << 1);
        long address = library.made(
                "taking " + rounded + " bytes of pinned memory of the host",
                place -> library.allocatePinned(place, rounded));
        long event = library.made("making an event", place -> library.createEvent(place, NO_TIMING));
        Block block = new Block(address, rounded, event);
        all.add(block);
        return block;
    }

    /** Of the idle blocks that are large enough. */
    private int smallest(long bytes) {
        int found = -1;
        for (int i = 0; i < idle.size(); i++) {
            if (idle.get(i).bytes >= bytes && (found < 0 || idle.get(i).bytes < idle.get(found).bytes)) {
                found = i;
            }
        }
        return found;
    }

    /** The stream has been asked for something with a block; from its end on the block is free again. */
    void inUse(Block block) {
        library.require(library.recordEvent(block.event, context.stream()), "marking a copy");
        busy.addLast(block);
    }

    /** The same for a block that is read by the host afterwards: it is not free before {@link #give}. */
    void marked(Block block) {
        library.require(library.recordEvent(block.event, context.stream()), "marking a copy");
    }

    /** Waits for what was asked of a block that is still in use; one that is not has ended. */
    void await(Block block) {
        if (busy.contains(block)) {
            library.require(library.awaitEvent(block.event), "a copy (or what was asked for before)");
        }
    }

    /** Gives a block back that nothing uses. */
    void give(Block block) {
        if (idleBytes + block.bytes > MOST_IDLE) {
            free(block);
        } else {
            idle.add(block);
            idleBytes += block.bytes;
        }
    }

    /** Copies end in the order in which they were asked for. */
    private void reclaim() {
        while (!busy.isEmpty()) {
            int code = library.queryEvent(busy.peekFirst().event);
            if (code == CudaSession.NOT_READY) {
                return;
            }
            library.require(code, "a copy (or what was asked for before)");
            give(busy.removeFirst());
        }
    }

    /** Frees everything; the stream has nothing to do any more. */
    void close() {
        List.copyOf(all).forEach(this::free);
        busy.clear();
        idle.clear();
        idleBytes = 0;
    }

    private void free(Block block) {
        all.remove(block);
        library.require(library.destroyEvent(block.event), "giving an event back");
        library.require(library.freePinned(block.address), "giving pinned memory back");
    }
}
