package org.scenecontexts.resident.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
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
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.Event;

/**
 * A device in use, the same for the engine whichever driver it is reached through: its memory and its queue, which does what it is
 * asked for in that order. Nothing waits but reads. Safe for several threads.
 *
 * <p>What a driver does is left to subclasses, whose methods are called while this session is locked unless they say otherwise.
 */
public abstract class DeviceSession implements AutoCloseable {

    /** Programs that are compiled at one time: more only wait for the driver. */
    private static final int MOST_COMPILERS = 8;

    private static final double MEBI = 1 << 20;

    private final ComputeDevice device;
    private final Cleaner cleaner = Cleaner.create();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong launches = new AtomicLong();
    private final long limit;
    private final ExecutorService compilers;
    private final Map<String, Long> byKernel = new HashMap<>();
    private Optional<DeviceMemory> nothing = Optional.empty();
    private boolean closed;

    /** @param most bytes that are taken of its memory; all when empty */
    protected DeviceSession(ComputeDevice device, OptionalLong most) {
        this.device = device;
        limit = Math.min(device.memory(), most.orElse(device.memory()));
        compilers = Executors.newFixedThreadPool(
                Math.min(MOST_COMPILERS, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform()
                        .daemon()
                        .name("csc-" + device.backend() + "-compiler-", 0)
                        .factory());
    }

    // ---- what a driver does -----------------------------------------------------------------------------------

    /**
     * Takes memory.
     *
     * @return the driver's handle
     * @throws DeviceFullException when there is none, made by {@link #full}
     */
    protected abstract long take(long bytes);

    /** What gives memory back, at any time and on any thread, in the order of the queue; does not know the session. */
    protected abstract Runnable giving(long handle);

    /** Brings numbers over that stay as they are until the event. */
    protected abstract Event toDevice(DeviceMemory to, long at, MemorySegment from, long count);

    /** Brings numbers over that may change as soon as this returns. */
    protected abstract void copyToDevice(DeviceMemory to, long at, MemorySegment from, long count);

    /** Fetches numbers and waits for them. */
    protected abstract void toHost(DeviceMemory from, long at, MemorySegment to, long count);

    /** Fetches numbers that are there after the event. */
    protected abstract Event toHostLater(DeviceMemory from, long at, MemorySegment to, long count);

    /** Writes a number everywhere. */
    protected abstract void write(DeviceMemory memory, int pattern);

    /** Who compiles; called by several threads at once, the session not locked. */
    protected abstract ProgramCompiler compiler();

    /**
     * Finds a kernel.
     *
     * @param of the program's name, for messages
     */
    protected abstract long kernel(long program, String name, String of);

    /**
     * Sets an argument of the next run of a kernel.
     *
     * @param value the driver's handle or a number, in its first {@code bytes} bytes
     * @return why the driver refuses it; empty when it does not
     */
    protected abstract Optional<String> argument(long kernel, int place, int bytes, MemorySegment value);

    /** Runs a kernel with the arguments that were set, as many as it is said here. */
    protected abstract void enqueue(String name, long kernel, int arguments, Groups groups);

    /** Waits until everything that was asked for has been done. */
    protected abstract void await();

    /** Gives everything back that the session has of the driver; nothing is asked for any more. */
    protected abstract void release();

    /** The file with the macros that are put in front of every source, beside the engine's class. */
    public abstract String prelude();

    /**
     * Lets sequences of kernels that repeat be given to the driver as graphs, from now on.
     *
     * @throws UnsupportedOperationException when the driver has none
     */
    public void useGraphs() {
        throw new UnsupportedOperationException(noGraphs(device));
    }

    /** Why a device other than NVIDIA's by CUDA is refused. */
    public static String noGraphs(ComputeDevice device) {
        return "graphs: true needs device: cuda, found the " + device.kind() + " device " + device.name()
                + "; leave 'graphs' out, or write device: cuda where there is a card of NVIDIA's";
    }

    /** Graphs that were made. */
    public long graphs() {
        return 0;
    }

    /** Kernels that ran in graphs, of all that were asked for. */
    public long launchesInGraphs() {
        return 0;
    }

    // ---- the same everywhere ----------------------------------------------------------------------------------

    /** The device. */
    public final ComputeDevice device() {
        return device;
    }

    /** How often the host has waited for numbers of the device. */
    public final long reads() {
        return reads.get();
    }

    /** Bytes that came from the device. */
    public final long readBytes() {
        return readBytes.get();
    }

    /** Bytes that went to the device. */
    public final long writtenBytes() {
        return writtenBytes.get();
    }

    /** How often the host has brought numbers over. */
    public final long writes() {
        return writes.get();
    }

    /** Kernels that were asked for. */
    public final long launches() {
        return launches.get();
    }

    /** How often each kernel was asked for, by its name. */
    public final synchronized Map<String, Long> launchesByKernel() {
        return new TreeMap<>(byKernel);
    }

    /** Bytes that were taken from the device and not given back. */
    public final long taken() {
        return taken.get();
    }

    /** Programs that the driver has compiled from their source, those that came from the cache not counted. */
    public final int compiled() {
        return compiler().compiled();
    }

    /** Programs that came from the cache. */
    public final int kept() {
        return compiler().kept();
    }

    /** What kernels are given for a buffer that is not there. */
    final DeviceMemory nothing() {
        if (nothing.isEmpty()) {
            nothing = Optional.of(allocate(4));
        }
        return nothing.get();
    }

    /**
     * Memory for some numbers or indices, with undefined content.
     *
     * @throws DeviceFullException when the device has none, or the engine has all that it may have
     */
    public final synchronized DeviceMemory allocate(int elements) {
        long bytes = 4L * Math.max(1, elements);
        if (taken.get() + bytes > limit) {
            throw full(bytes, "this is all that it may take");
        }
        long handle = take(bytes);
        taken.addAndGet(bytes);
        AtomicLong count = taken;
        Runnable giving = giving(handle);
        return new DeviceMemory(this, handle, Math.max(1, elements), cleaner, () -> {
            count.addAndGet(-bytes);
            giving.run();
        });
    }

    /** Bytes that may be taken in all. */
    public final long limit() {
        return limit;
    }

    /** A refusal with what is taken. */
    protected final DeviceFullException full(long bytes, String why) {
        return new DeviceFullException(
                String.format(
                        Locale.ROOT,
                        "the %s device %s has no room for a buffer of %.1f MiB: %.0f of %.0f MiB are taken, and a"
                                + " buffer may have %.0f MiB (%s)",
                        device.kind(),
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

    /** Copies numbers of four bytes to the device; they are read before this returns. */
    public final synchronized void write(DeviceMemory to, long at, MemorySegment from, long count) {
        if (count > 0) {
            copyToDevice(to, at, from, count);
            written(count);
        }
    }

    /** As {@link #write}, but the segment, which is native, must stay as it is until the event. */
    public final synchronized Event writeLater(DeviceMemory to, long at, MemorySegment from, long count) {
        if (count == 0) {
            return Event.DONE;
        }
        Event event = toDevice(to, at, from, count);
        written(count);
        return event;
    }

    private void written(long count) {
        writtenBytes.addAndGet(4 * count);
        writes.incrementAndGet();
    }

    /** Copies numbers of four bytes to native memory, when everything that was asked for before has been done. */
    public final synchronized void read(DeviceMemory from, long at, MemorySegment to, long count) {
        if (count > 0) {
            toHost(from, at, to, count);
            fetched(count);
        }
    }

    /** As {@link #read}, but the segment can be read after the event only. */
    public final synchronized Event readLater(DeviceMemory from, long at, MemorySegment to, long count) {
        if (count == 0) {
            return Event.DONE;
        }
        Event event = toHostLater(from, at, to, count);
        fetched(count);
        return event;
    }

    private void fetched(long count) {
        reads.incrementAndGet();
        readBytes.addAndGet(4 * count);
    }

    /** Writes one number everywhere, in the order of the queue. */
    public final synchronized void fill(DeviceMemory memory, int pattern) {
        write(memory, pattern);
    }

    /** Fills with not-a-number. */
    public final void poison(DeviceMemory memory) {
        fill(memory, Float.floatToRawIntBits(Float.NaN));
    }

    /**
     * Begins to compile kernels, on a thread of its own; see {@link SessionProgram#await}.
     *
     * @param name for messages, such as the file's
     * @param optimized false for what takes longer to optimize than it ever runs
     */
    public final SessionProgram compile(String name, String source, boolean optimized) {
        return new SessionProgram(
                this,
                name,
                CompletableFuture.supplyAsync(() -> compiler().program(name, source, optimized), compilers));
    }

    /** Runs a kernel whose arguments have been set; by {@link SessionProgram}, which has locked the session. */
    final void run(String name, long kernel, int arguments, Groups groups) {
        enqueue(name, kernel, arguments, groups);
        launches.incrementAndGet();
        byKernel.merge(name, 1L, Long::sum);
    }

    /** Waits until everything that was asked for has been done. */
    public final synchronized void finish() {
        await();
    }

    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            compilers.close();
            await();
            nothing.ifPresent(DeviceMemory::free);
            release();
        }
    }

    /** Bytes of four-byte numbers as a segment to copy from. */
    public static MemorySegment of(float[] values, int from, int count) {
        return MemorySegment.ofArray(values).asSlice(from * ValueLayout.JAVA_FLOAT.byteSize(), 4L * count);
    }
}
