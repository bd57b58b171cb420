package org.scenecontexts.resident.cuda;

import java.lang.foreign.MemorySegment;
import org.scenecontexts.resident.device.HostStaging;

/** Pinned memory of the host; each block has an event of its own, which is recorded after every copy. */
final class PinnedStaging extends HostStaging {

    /** Events that are only waited for. */
    private static final int NO_TIMING = 2;

    private final CudaContext context;
    private final CudaLibrary library;

    PinnedStaging(CudaContext context) {
        this.context = context;
        library = context.library();
    }

    @Override
    @SuppressWarnings("restricted")
    protected Block fromDriver(long bytes) {
        long address = library.made(
                "taking " + bytes + " bytes of pinned memory of the host",
                place -> library.allocatePinned(place, bytes));
        long event = library.made("making an event", place -> library.createEvent(place, NO_TIMING));
        return new Block(address, MemorySegment.ofAddress(address).reinterpret(bytes), event);
    }

    /** The stream has been asked for something with a block. */
    void mark(Block block) {
        library.require(library.recordEvent(block.event(), context.stream()), "marking a copy");
    }

    @Override
    protected boolean ended(Block block) {
        int code = library.queryEvent(block.event());
        if (code == CudaSession.NOT_READY) {
            return false;
        }
        library.require(code, "a copy (or what was asked for before)");
        return true;
    }

    @Override
    protected void awaitEnd(Block block) {
        library.require(library.awaitEvent(block.event()), "a copy (or what was asked for before)");
    }

    @Override
    protected void toDriver(Block block) {
        library.require(library.destroyEvent(block.event()), "giving an event back");
        library.require(library.freePinned(block.handle()), "giving pinned memory back");
    }
}
