package org.scenecontexts.resident.device;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Host memory that a device reads and writes by itself, which is lent to one copy after another: from other memory a driver may
 * copy only when everything before is done, and let the host wait for it. Used while the session is locked.
 */
public abstract class HostStaging {

    private static final long SMALLEST = 64 << 10;

    /** More than this is not kept when it lies idle. */
    private static final long MOST_IDLE = 256L << 20;

    private final Set<Block> all = new HashSet<>();
    private final List<Block> idle = new ArrayList<>();
    private final Deque<Block> busy = new ArrayDeque<>();
    private long idleBytes;

    /** A piece of such memory. */
    public static final class Block {
        private final long handle;
        private final MemorySegment memory;
        private long event;

        /**
         * @param handle by which the driver knows it
         * @param event after which it is free, where it has one of its own
         */
        public Block(long handle, MemorySegment memory, long event) {
            this.handle = handle;
            this.memory = memory;
            this.event = event;
        }

        public long handle() {
            return handle;
        }

        public MemorySegment memory() {
            return memory;
        }

        /** What its last copy ends with. */
        public long event() {
            return event;
        }

        /** Takes another event. */
        public void event(long now) {
            event = now;
        }
    }

    /** Memory of so many bytes from the driver. */
    protected abstract Block fromDriver(long bytes);

    /** Gives memory that nothing uses back to the driver. */
    protected abstract void toDriver(Block block);

    /** Whether the last copy of a block has ended; not asked again when it has, or has failed, which is thrown. */
    protected abstract boolean ended(Block block);

    /** Waits for the last copy of a block. */
    protected abstract void awaitEnd(Block block);

    /** A block of at least some bytes, which nothing uses. */
    public final Block take(long bytes) {
        reclaim();
        int at = smallest(bytes);
        if (at >= 0) {
            Block block = idle.remove(at);
            idleBytes -= block.memory.byteSize();
            return block;
        }
        long rounded = Math.max(SMALLEST, Long.highestOneBit(Math.max(1, bytes - 1)) << 1);
        Block block = fromDriver(rounded);
        all.add(block);
        return block;
    }

    /** Of the idle blocks that are large enough. */
    private int smallest(long bytes) {
        int found = -1;
        for (int i = 0; i < idle.size(); i++) {
            long size = idle.get(i).memory.byteSize();
            if (size >= bytes && (found < 0 || size < idle.get(found).memory.byteSize())) {
                found = i;
            }
        }
        return found;
    }

    /** The device has been asked for a copy of a block, after all others; from its end on the block is free again. */
    public final void inUse(Block block) {
        busy.addLast(block);
    }

    /** Waits for what was asked of a block that is still in use; one that is not has ended. */
    public final void await(Block block) {
        if (busy.contains(block)) {
            awaitEnd(block);
        }
    }

    /** Gives a block back that nothing uses. */
    public final void give(Block block) {
        if (idleBytes + block.memory.byteSize() > MOST_IDLE) {
            free(block);
        } else {
            idle.add(block);
            idleBytes += block.memory.byteSize();
        }
    }

    /** Copies end in the order in which they were asked for. */
    private void reclaim() {
        while (!busy.isEmpty() && ended(busy.peekFirst())) {
            give(busy.removeFirst());
        }
    }

    /** Frees everything; the device has nothing to do any more. */
    public final void close() {
        List.copyOf(all).forEach(this::free);
        busy.clear();
        idle.clear();
        idleBytes = 0;
    }

    private void free(Block block) {
        all.remove(block);
        toDriver(block);
    }
}
