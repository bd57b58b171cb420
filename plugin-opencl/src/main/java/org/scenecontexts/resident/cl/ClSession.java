package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.scenecontexts.api.engine.DeviceFullException;
import org.scenecontexts.api.engine.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device in use: its memory and its queue, which does what it is asked for in that order. Nothing waits but reads. Safe
 * for several threads.
 */
public final class ClSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClSession.class);

    /** Commands after which the driver is told to begin, so that the device works while the host goes on asking. */
    private static final int FLUSH_EVERY = 16;

    /** Programs that are compiled at one time: more only wait for the driver. */
    private static final int MOST_COMPILERS = 8;

    private static final double MEBI = 1 << 20;

    private final ClLibrary library;
    private final ClDevice device;
    private final long context;
    private final long queue;
    private final Cleaner cleaner = Cleaner.create();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment error = arena.allocate(JAVA_INT);
    private final MemorySegment event = arena.allocate(JAVA_LONG);
    private final MemorySegment status = arena.allocate(JAVA_INT);
    private final Deque<Upload> uploads = new ArrayDeque<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final long limit;
    private final AtomicLong launches = new AtomicLong();
    private final ClCompiler compiler;
    private final ExecutorService compilers;
    private final Map<String, Long> byKernel = new HashMap<>();
    private final ClMemory nothing;
    private int unflushed;
    private boolean closed;

    /** Host memory that a command is still reading, kept until that has ended. */
    private record Upload(long event, MemorySegment from) {}

    ClSession(ClLibrary library, ClDevice device, Optional<ProgramCache> cache, OptionalLong most) {
        this.library = library;
        this.device = device;
        limit = Math.min(device.memory(), most.orElse(device.memory()));
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment properties = scratch.allocateFrom(JAVA_LONG, Codes.CONTEXT_PLATFORM, device.platformId(), 0);
            context = library.createContext(properties, scratch.allocateFrom(JAVA_LONG, device.id()), error);
        }
        requireMade("opening the device " + device.name());
        queue = library.createQueue(context, device.id(), error);
        requireMade("making a queue");
        compiler = new ClCompiler(library, context, device, cache);
        compilers = Executors.newFixedThreadPool(
                Math.min(MOST_COMPILERS, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().daemon().name("csc-opencl-compiler-", 0).factory());
        nothing = allocate(4);
    }

    /** The device. */
    public ClDevice device() {
        return device;
    }

    /** How often the host has waited for numbers of the device. */
    public long reads() {
        return reads.get();
    }

    /** Bytes that came from the device. */
    public long readBytes() {
        return readBytes.get();
    }

    /** Bytes that went to the device. */
    public long writtenBytes() {
        return writtenBytes.get();
    }

    /** How often the host has brought numbers over. */
    public long writes() {
        return writes.get();
    }

    /** Kernels that were asked for. */
    public long launches() {
        return launches.get();
    }

    /** How often each kernel was asked for, by its name. */
    public synchronized Map<String, Long> launchesByKernel() {
        return new TreeMap<>(byKernel);
    }

    ClLibrary library() {
        return library;
    }

    /** What kernels are given for a buffer that is not there. */
    ClMemory nothing() {
        return nothing;
    }

    private void requireMade(String what) {
        Codes.require(error.get(JAVA_INT, 0), what);
    }

    /**
     * Memory for some numbers or indices, with undefined content.
     *
     * @throws DeviceFullException when the device has none, or the engine has all that it may have
     */
    public synchronized ClMemory allocate(int elements) {
        long bytes = 4L * Math.max(1, elements);
        if (taken.get() + bytes > limit) {
            throw full(bytes, "this is all that it may take");
        }
        long handle = library.createBuffer(context, bytes, error);
        int code = error.get(JAVA_INT, 0);
        if (Codes.noMemory(code) || code == Codes.BUFFER_SIZE) {
            throw full(bytes, Codes.name(code));
        }
        requireMade("taking " + bytes + " bytes");
        taken.addAndGet(bytes);
        ClLibrary own = library;
        AtomicLong count = taken;
        return new ClMemory(this, handle, Math.max(1, elements), cleaner, () -> {
            count.addAndGet(-bytes);
            int released = own.releaseMemory(handle);
            if (released != 0) {
                LOG.warn("OpenCL did not take memory back: {}", Codes.name(released));
            }
        });
    }

    private DeviceFullException full(long bytes, String why) {
        return new DeviceFullException(
                String.format(
                        Locale.ROOT,
                        "the OpenCL device %s has no room for a buffer of %.1f MiB: %.0f of %.0f MiB are taken, and a"
                                + " buffer may have %.0f MiB (%s)",
                        device.name(),
                        bytes / MEBI,
                        taken.get() / MEBI,
                        limit / MEBI,
                        device.largestBuffer() / MEBI,
                        why),
                bytes,
                taken.get(),
                limit);
    }

    /** Bytes that were taken from the device and not given back. */
    public long taken() {
        return taken.get();
    }

    /** Copies numbers of four bytes to the device; they are read before this returns. */
    public void write(ClMemory to, long at, MemorySegment from, long count) {
        if (count > 0) {
            MemorySegment copy = Arena.ofAuto().allocate(4 * count, 4);
            MemorySegment.copy(from, 0, copy, 0, 4 * count);
            writeLater(to, at, copy, count);
        }
    }

    /** As {@link #write}, but the segment must stay as it is until the event. */
    public synchronized Event writeLater(ClMemory to, long at, MemorySegment from, long count) {
        if (count == 0) {
            return Event.DONE;
        }
        dropEnded();
        Codes.require(
                library.enqueueWrite(queue, to.handle(), 4 * at, 4 * count, from, event),
                "bringing " + count + " numbers over");
        writtenBytes.addAndGet(4 * count);
        writes.incrementAndGet();
        long over = event.get(JAVA_LONG, 0);
        uploads.addLast(new Upload(over, from));
        asked();
        return () -> await(over);
    }

    private void dropEnded() {
        while (!uploads.isEmpty()) {
            Upload oldest = uploads.peekFirst();
            Codes.require(
                    library.eventInfo(oldest.event, Codes.EVENT_STATUS, status), "asking for the state of a copy");
            if (status.get(JAVA_INT, 0) > 0) {
                return;
            }
            library.releaseEvent(oldest.event);
            uploads.removeFirst();
        }
    }

    /** An upload that is no longer listed has ended. */
    private synchronized void await(long over) {
        if (uploads.stream().anyMatch(upload -> upload.event == over)) {
            finish();
        }
    }

    /** Copies numbers of four bytes to the host, when everything that was asked for before has been done. */
    public synchronized void read(ClMemory from, long at, MemorySegment to, long count) {
        if (count == 0) {
            return;
        }
        Codes.require(
                library.enqueueRead(queue, from.handle(), 4 * at, 4 * count, to, MemorySegment.NULL),
                "fetching " + count + " numbers (or what was asked for before)");
        unflushed = 0;
        reads.incrementAndGet();
        readBytes.addAndGet(4 * count);
    }

    /** As {@link #read}, but the segment can be read after the event only. */
    public synchronized Event readLater(ClMemory from, long at, MemorySegment to, long count) {
        if (count == 0) {
            return Event.DONE;
        }
        Codes.require(
                library.enqueueRead(queue, from.handle(), 4 * at, 4 * count, to, event),
                "fetching " + count + " numbers (or what was asked for before)");
        long over = event.get(JAVA_LONG, 0);
        flush();
        reads.incrementAndGet();
        readBytes.addAndGet(4 * count);
        return new Arrival(over);
    }

    /** The end of a copy to the host. */
    private final class Arrival implements Event {
        private final long over;
        private boolean waited;

        Arrival(long over) {
            this.over = over;
        }

        @Override
        public void await() {
            synchronized (ClSession.this) {
                if (!waited) {
                    waited = true;
                    event.set(JAVA_LONG, 0, over);
                    Codes.require(library.waitFor(event), "fetching numbers");
                    library.releaseEvent(over);
                }
            }
        }
    }

    /** Writes one number everywhere, in the order of the queue. */
    public synchronized void fill(ClMemory memory, int pattern) {
        status.set(JAVA_INT, 0, pattern);
        Codes.require(library.enqueueFill(queue, memory.handle(), status, memory.bytes()), "filling a buffer");
        asked();
    }

    /** Fills with not-a-number. */
    public void poison(ClMemory memory) {
        fill(memory, Float.floatToRawIntBits(Float.NaN));
    }

    /**
     * Begins to compile kernels, on a thread of its own; see {@link ClProgram#await}.
     *
     * @param name for messages, such as the file's
     * @param optimized false for what takes longer to optimize than it ever runs
     */
    public ClProgram compile(String name, String source, boolean optimized) {
        String options = optimized ? ClCompiler.OPTIONS : ClCompiler.UNOPTIMIZED;
        return new ClProgram(
                this, name, CompletableFuture.supplyAsync(() -> compiler.program(name, source, options), compilers));
    }

    /** Programs that the driver has compiled from their source, those that came from the cache not counted. */
    public int compiled() {
        return compiler.compiled();
    }

    /** Programs that came from the cache. */
    public int kept() {
        return compiler.kept();
    }

    long kernel(long program, String name, String of) {
        try (Arena scratch = Arena.ofConfined()) {
            long kernel = library.createKernel(program, scratch.allocateFrom(name), error);
            requireMade("finding the kernel '" + name + "' in " + of);
            return kernel;
        }
    }

    void run(String name, long kernel, MemorySegment global, MemorySegment local) {
        int code = library.enqueueKernel(queue, kernel, global, local);
        if (code == Codes.ALLOCATION_FAILED) {
            // Drivers may find room for a buffer when it is first used, and not when it is made.
            throw full(0, "found out by the kernel '" + name + "'");
        }
        Codes.require(code, "the kernel '" + name + "'");
        launches.incrementAndGet();
        byKernel.merge(name, 1L, Long::sum);
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

    /** Waits until everything that was asked for has been done. */
    public synchronized void finish() {
        Codes.require(library.finish(queue), "what was asked for");
        unflushed = 0;
        dropEnded();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            compilers.close();
            finish();
            nothing.free();
            library.releaseQueue(queue);
            library.releaseContext(context);
        }
    }

    /** Bytes of four-byte numbers as a segment to copy from. */
    public static MemorySegment of(float[] values, int from, int count) {
        return MemorySegment.ofArray(values).asSlice(from * JAVA_FLOAT.byteSize(), 4L * count);
    }
}
