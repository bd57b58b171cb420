package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.Event;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.HostStaging;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.ProgramCompiler;

/** A card in use: its context and one stream, which does what it is asked for in that order. */
final class CudaSession extends DeviceSession {

    static final int NOT_READY = 600;
    private static final int OUT_OF_MEMORY = 2;
    private static final int NOT_FOUND = 500;

    /** Blocks along y and z. */
    private static final int MOST_BLOCKS = (1 << 16) - 1;

    private final CudaLibrary library;
    private final CudaContext context;
    private final PinnedStaging staging;
    private final CudaCompiler compiler;
    private final Map<Long, int[]> parameters = new HashMap<>();
    private final Arena arena = Arena.ofShared();
    private final CudaArguments given = new CudaArguments(arena);
    private Optional<CudaGraphs> graphs = Optional.empty();
    private boolean released;

    /** @throws UnsupportedOperationException when NVRTC does not compile for the card */
    CudaSession(CudaLibrary library, CudaDevice device, Nvrtc nvrtc, Optional<ProgramCache> cache, OptionalLong most) {
        super(device, most);
        this.library = library;
        // Before anything is taken: it may refuse.
        CudaCompiler.target(device, nvrtc);
        context = new CudaContext(library, device);
        staging = new PinnedStaging(context);
        compiler = new CudaCompiler(context, device, nvrtc, cache);
    }

    @Override
    public String prelude() {
        return "prelude.cuh";
    }

    @Override
    protected ProgramCompiler compiler() {
        return compiler;
    }

    @Override
    public synchronized void useGraphs() {
        CudaGraphs used = new CudaGraphs(context);
        context.use(used);
        graphs = Optional.of(used);
    }

    @Override
    public synchronized long graphs() {
        return graphs.map(CudaGraphs::count).orElse(0L);
    }

    @Override
    public synchronized long launchesInGraphs() {
        return graphs.map(CudaGraphs::launches).orElse(0L);
    }

    /** To be called before the stream is asked for anything but kernels. */
    private void flush() {
        graphs.flatMap(CudaGraphs::flush).ifPresent(this::refuse);
    }

    private void refuse(CudaGraphs.Failure failure) {
        if (failure.code() == OUT_OF_MEMORY) {
            throw full(0, "found out by " + failure.what());
        }
        library.require(failure.code(), failure.what());
    }

    // ---- memory -----------------------------------------------------------------------------------------------

    @Override
    protected long take(long bytes) {
        context.enter();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment place = scratch.allocate(JAVA_LONG);
            int code = library.allocate(place, bytes);
            if (code == OUT_OF_MEMORY) {
                throw full(bytes, library.name(code));
            }
            library.require(code, "taking " + bytes + " bytes (or what was asked for before)");
            long memory = place.get(JAVA_LONG, 0);
            context.took(memory);
            return memory;
        }
    }

    @Override
    protected Runnable giving(long handle) {
        CudaContext own = context;
        return () -> own.free(handle);
    }

    @Override
    protected void copyToDevice(DeviceMemory to, long at, MemorySegment from, long count) {
        toDevice(to, at, from, count);
    }

    /** By pinned memory, so that neither the host nor the stream waits for the other. */
    @Override
    protected Event toDevice(DeviceMemory to, long at, MemorySegment from, long count) {
        context.enter();
        flush();
        HostStaging.Block block = staging.take(4 * count);
        MemorySegment.copy(from, 0, block.memory(), 0, 4 * count);
        library.require(
                library.toDevice(to.handle() + 4 * at, block.memory(), 4 * count, context.stream()),
                "bringing " + count + " numbers over (or what was asked for before)");
        staging.mark(block);
        staging.inUse(block);
        return () -> await(block);
    }

    /** What was asked for before the end has been done by then. */
    private synchronized void await(HostStaging.Block block) {
        if (!released) {
            context.enter();
            staging.await(block);
        }
    }

    @Override
    protected void toHost(DeviceMemory from, long at, MemorySegment to, long count) {
        context.enter();
        flush();
        library.require(
                library.toHost(to, from.handle() + 4 * at, 4 * count, context.stream()),
                "fetching " + count + " numbers (or what was asked for before)");
        library.require(library.synchronize(context.stream()), "what was asked for");
    }

    @Override
    protected Event toHostLater(DeviceMemory from, long at, MemorySegment to, long count) {
        context.enter();
        flush();
        HostStaging.Block block = staging.take(4 * count);
        library.require(
                library.toHost(block.memory(), from.handle() + 4 * at, 4 * count, context.stream()),
                "fetching " + count + " numbers (or what was asked for before)");
        staging.mark(block);
        return new Arrival(block, to, 4 * count);
    }

    /** The end of a copy to the host, whose last part is made by whoever waits for it. */
    private final class Arrival implements Event {
        private final HostStaging.Block block;
        private final MemorySegment to;
        private final long bytes;
        private boolean waited;

        Arrival(HostStaging.Block block, MemorySegment to, long bytes) {
            this.block = block;
            this.to = to;
            this.bytes = bytes;
        }

        @Override
        public void await() {
            synchronized (CudaSession.this) {
                if (!waited) {
                    waited = true;
                    if (released) {
                        throw new IllegalStateException("the device was closed before numbers that were asked for were"
                                + " fetched; wait for them first");
                    }
                    context.enter();
                    library.require(library.awaitEvent(block.event()), "fetching numbers");
                    MemorySegment.copy(block.memory(), 0, to, 0, bytes);
                    staging.give(block);
                }
            }
        }
    }

    @Override
    protected void write(DeviceMemory memory, int pattern) {
        context.enter();
        flush();
        library.require(
                library.fill(memory.handle(), pattern, memory.elements(), context.stream()),
                "filling a buffer (or what was asked for before)");
    }

    // ---- kernels ----------------------------------------------------------------------------------------------

    @Override
    protected long kernel(long program, String name, String of) {
        context.enter();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment place = scratch.allocate(JAVA_LONG);
            int code = library.function(place, program, scratch.allocateFrom(name));
            if (code == NOT_FOUND) {
                throw new IllegalStateException("finding the kernel '" + name + "' in " + of
                        + " failed on the CUDA device: there is none of this name");
            }
            library.require(code, "finding the kernel '" + name + "' in " + of);
            long kernel = place.get(JAVA_LONG, 0);
            if (library.knowsParameters()) {
                parameters.put(kernel, sizes(kernel, scratch));
            }
            return kernel;
        }
    }

    private int[] sizes(long kernel, Arena scratch) {
        MemorySegment offset = scratch.allocate(JAVA_LONG);
        MemorySegment size = scratch.allocate(JAVA_LONG);
        List<Integer> sizes = new ArrayList<>();
        while (sizes.size() < CudaArguments.MOST && library.parameter(kernel, sizes.size(), offset, size) == 0) {
            sizes.add((int) size.get(JAVA_LONG, 0));
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The driver would read whatever lies there; what is wrong has to be found here. */
    @Override
    protected Optional<String> argument(long kernel, int place, int bytes, MemorySegment value) {
        int[] known = parameters.get(kernel);
        if (place >= (known == null ? CudaArguments.MOST : known.length)) {
            return Optional.of("a kernel has no parameter of this number");
        }
        if (known != null && known[place] != bytes) {
            return Optional.of(
                    "an argument of another size than its parameter: " + bytes + " bytes, expected " + known[place]);
        }
        given.set(place, value.get(JAVA_LONG, 0));
        return Optional.empty();
    }

    @Override
    protected void enqueue(String name, long kernel, int arguments, Groups groups) {
        int[] known = parameters.get(kernel);
        if (known != null && known.length != arguments) {
            throw new IllegalStateException("the kernel '" + name + "' has " + known.length
                    + " parameters and was given " + arguments + " arguments");
        }
        if (groups.y() > MOST_BLOCKS || groups.z() > MOST_BLOCKS) {
            throw new IllegalStateException("the kernel '" + name + "' was asked for " + groups
                    + ", and CUDA has at most " + MOST_BLOCKS + " groups along y and z; a smaller batch needs fewer");
        }
        if (graphs.isPresent()) {
            graphs.get().ask(name, kernel, groups, given.first(arguments)).ifPresent(this::refuse);
            return;
        }
        context.enter();
        int code = library.launch(
                kernel, groups.x(), groups.y(), groups.z(), groups.items(), context.stream(), given.places());
        if (code == OUT_OF_MEMORY) {
            throw full(0, "found out by the kernel '" + name + "'");
        }
        library.require(code, "the kernel '" + name + "' (or what was asked for before)");
    }

    @Override
    protected void await() {
        context.enter();
        flush();
        library.require(library.synchronize(context.stream()), "what was asked for");
    }

    @Override
    protected void release() {
        released = true;
        context.enter();
        staging.close();
        context.close();
        arena.close();
    }
}
