package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalLong;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.Event;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.HostStaging;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.ProgramCompiler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenCL device in use: a context and an in-order command queue. */
final class ClSession extends DeviceSession {

    private static final Logger LOG = LoggerFactory.getLogger(ClSession.class);

    /** Commands after which the driver is told to begin, so that the device works while the host goes on asking. */
    private static final int FLUSH_EVERY = 16;

    private final ClLibrary library;
    private final long context;
    private final long queue;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment error = arena.allocate(JAVA_INT);
    private final MemorySegment event = arena.allocate(JAVA_LONG);
    private final MemorySegment status = arena.allocate(JAVA_INT);
    private final MemorySegment global = arena.allocate(JAVA_LONG, 3);
    private final MemorySegment local = arena.allocateFrom(JAVA_LONG, 1, 1, 1);
    private final MappedStaging staging;
    private final ClCompiler compiler;
    private int unflushed;
    private boolean released;

    ClSession(ClLibrary library, OpenClDevice device, Optional<ProgramCache> cache, OptionalLong most) {
        super(device, most);
        this.library = library;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment properties = scratch.allocateFrom(JAVA_LONG, Codes.CONTEXT_PLATFORM, device.platformId(), 0);
            context = library.createContext(properties, scratch.allocateFrom(JAVA_LONG, device.id()), error);
        }
        requireMade("opening the device " + device.name());
        queue = library.createQueue(context, device.id(), error);
        requireMade("making a queue");
        staging = new MappedStaging(library, context, device.id());
        compiler = new ClCompiler(library, context, device, cache);
    }

    @Override
    public String prelude() {
        return "prelude.cl";
    }

    @Override
    protected ProgramCompiler compiler() {
        return compiler;
    }

    private void requireMade(String what) {
        Codes.require(error.get(JAVA_INT, 0), what);
    }

    @Override
    protected long take(long bytes) {
        long handle = library.createBuffer(context, bytes, error);
        int code = error.get(JAVA_INT, 0);
        if (Codes.noMemory(code) || code == Codes.BUFFER_SIZE) {
            throw full(bytes, Codes.name(code));
        }
        requireMade("taking " + bytes + " bytes");
        return handle;
    }

    @Override
    protected Runnable giving(long handle) {
        ClLibrary own = library;
        return () -> {
            int released = own.releaseMemory(handle);
            if (released != 0) {
                LOG.warn("OpenCL did not take memory back: {}", Codes.name(released));
            }
        };
    }

    @Override
    protected void copyToDevice(DeviceMemory to, long at, MemorySegment from, long count) {
        toDevice(to, at, from, count);
    }

    /** By memory that the device reads by itself, so that neither the host nor the queue waits for the other. */
    @Override
    protected Event toDevice(DeviceMemory to, long at, MemorySegment from, long count) {
        HostStaging.Block block = staging.take(4 * count);
        MemorySegment.copy(from, 0, block.memory(), 0, 4 * count);
        Codes.require(
                library.enqueueWrite(queue, to.handle(), 4 * at, 4 * count, block.memory(), event),
                "bringing " + count + " numbers over");
        block.event(event.get(JAVA_LONG, 0));
        staging.inUse(block);
        asked();
        return () -> await(block);
    }

    /** What was asked for before the end has been done by then. */
    private synchronized void await(HostStaging.Block block) {
        if (!released) {
            staging.await(block);
        }
    }

    @Override
    protected void toHost(DeviceMemory from, long at, MemorySegment to, long count) {
        Codes.require(
                library.enqueueRead(queue, from.handle(), 4 * at, 4 * count, to, MemorySegment.NULL),
                "fetching " + count + " numbers (or what was asked for before)");
        unflushed = 0;
    }

    @Override
    protected Event toHostLater(DeviceMemory from, long at, MemorySegment to, long count) {
        HostStaging.Block block = staging.take(4 * count);
        Codes.require(
                library.enqueueRead(queue, from.handle(), 4 * at, 4 * count, block.memory(), event),
                "fetching " + count + " numbers (or what was asked for before)");
        long over = event.get(JAVA_LONG, 0);
        flush();
        return new Arrival(block, over, to, 4 * count);
    }

    /** The end of a copy to the host, whose last part is made by whoever waits for it. */
    private final class Arrival implements Event {
        private final HostStaging.Block block;
        private final long over;
        private final MemorySegment to;
        private final long bytes;
        private boolean waited;

        Arrival(HostStaging.Block block, long over, MemorySegment to, long bytes) {
            this.block = block;
            this.over = over;
            this.to = to;
            this.bytes = bytes;
        }

        @Override
        public void await() {
            synchronized (ClSession.this) {
                if (!waited) {
                    waited = true;
                    if (released) {
                        throw new IllegalStateException("the device was closed before numbers that were asked for were"
                                + " fetched; wait for them first");
                    }
                    event.set(JAVA_LONG, 0, over);
                    Codes.require(library.waitFor(event), "fetching numbers");
                    library.releaseEvent(over);
                    MemorySegment.copy(block.memory(), 0, to, 0, bytes);
                    staging.give(block);
                }
            }
        }
    }

    @Override
    protected void write(DeviceMemory memory, int pattern) {
        status.set(JAVA_INT, 0, pattern);
        Codes.require(library.enqueueFill(queue, memory.handle(), status, memory.bytes()), "filling a buffer");
        asked();
    }

    @Override
    protected long kernel(long program, String name, String of) {
        try (Arena scratch = Arena.ofConfined()) {
            long kernel = library.createKernel(program, scratch.allocateFrom(name), error);
            requireMade("finding the kernel '" + name + "' in " + of);
            return kernel;
        }
    }

    @Override
    protected Optional<String> argument(long kernel, int place, int bytes, MemorySegment value) {
        int code = library.setArgument(kernel, place, bytes, value);
        return code == 0 ? Optional.empty() : Optional.of(Codes.name(code));
    }

    @Override
    protected void enqueue(String name, long kernel, int arguments, Groups groups) {
        global.setAtIndex(JAVA_LONG, 0, (long) groups.x() * groups.items());
        global.setAtIndex(JAVA_LONG, 1, groups.y());
        global.setAtIndex(JAVA_LONG, 2, groups.z());
        local.setAtIndex(JAVA_LONG, 0, groups.items());
        int code = library.enqueueKernel(queue, kernel, global, local);
        if (code == Codes.ALLOCATION_FAILED) {
            // Drivers may find room for a buffer when it is first used, and not when it is made.
            throw full(0, "found out by the kernel '" + name + "'");
        }
        Codes.require(code, "the kernel '" + name + "'");
        asked();
    }

    private void asked() {
        if (++unflushed >= FLUSH_EVERY) {
            flush();
        }
    }

    private void flush() {
        Codes.require(library.flush(queue), "beginning");
        unflushed = 0;
    }

    @Override
    protected void await() {
        Codes.require(library.finish(queue), "what was asked for");
        unflushed = 0;
    }

    @Override
    protected void release() {
        released = true;
        staging.end();
        library.releaseQueue(queue);
        library.releaseContext(context);
    }
}
