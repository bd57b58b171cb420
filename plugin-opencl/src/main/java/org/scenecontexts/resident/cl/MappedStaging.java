package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.scenecontexts.resident.device.HostStaging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers that a driver keeps in the host's memory, mapped as long as they live: OpenCL's way to memory that cards copy from by
 * themselves. They are mapped by a queue of their own, since a queue with kernels would let the host wait for all of them. Where a
 * driver has no such memory, that of the process serves.
 */
final class MappedStaging extends HostStaging {

    private static final Logger LOG = LoggerFactory.getLogger(MappedStaging.class);
    private static final long NO_BUFFER = 0;
    private static final long NO_EVENT = 0;

    private final ClLibrary library;
    private final long context;
    private final long queue;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment error = arena.allocate(JAVA_INT);
    private final MemorySegment event = arena.allocate(JAVA_LONG);
    private boolean refused;

    MappedStaging(ClLibrary library, long context, long device) {
        this.library = library;
        this.context = context;
        queue = library.createQueue(context, device, error);
        Codes.require(error.get(JAVA_INT, 0), "making a queue");
    }

    /** Gives everything back, the queue too. */
    void end() {
        close();
        library.finish(queue);
        library.releaseQueue(queue);
    }

    @Override
    protected Block fromDriver(long bytes) {
        if (!refused) {
            long buffer = library.createHostBuffer(context, bytes, error);
            if (error.get(JAVA_INT, 0) == 0) {
                MemorySegment mapped = library.map(queue, buffer, bytes, error);
                if (error.get(JAVA_INT, 0) == 0) {
                    return new Block(buffer, mapped, NO_EVENT);
                }
                library.releaseMemory(buffer);
            }
            refused = true;
            LOG.warn(
                    "the OpenCL driver keeps no buffers in the host's memory ({}); copies to the device may have to wait",
                    Codes.name(error.get(JAVA_INT, 0)));
        }
        return new Block(NO_BUFFER, Arena.ofAuto().allocate(bytes, Integer.BYTES), NO_EVENT);
    }

    private void forget(Block block) {
        if (block.event() != NO_EVENT) {
            library.releaseEvent(block.event());
            block.event(NO_EVENT);
        }
    }

    @Override
    protected void toDriver(Block block) {
        forget(block);
        if (block.handle() != NO_BUFFER) {
            Codes.require(library.unmap(queue, block.handle(), block.memory()), "giving memory of the host back");
            library.releaseMemory(block.handle());
        }
    }

    @Override
    protected boolean ended(Block block) {
        Codes.require(library.eventInfo(block.event(), Codes.EVENT_STATUS, error), "asking for the state of a copy");
        int state = error.get(JAVA_INT, 0);
        if (state > 0) {
            return false;
        }
        forget(block);
        // One that failed has ended, too, with its error.
        Codes.require(state, "a copy (or what was asked for before)");
        return true;
    }

    @Override
    protected void awaitEnd(Block block) {
        event.set(JAVA_LONG, 0, block.event());
        Codes.require(library.waitFor(event), "a copy (or what was asked for before)");
    }
}
