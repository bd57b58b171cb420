package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns sources into programs of a device, from the cache where the same driver has compiled the same source before. Safe for
 * several threads, which drivers compile on at once.
 */
final class ClCompiler {

    /** Compiles as far as the standard allows and no further: no unsafe mathematics. */
    static final String OPTIONS = "-cl-std=CL1.2";

    /** The same for what takes longer to optimize than it ever runs. */
    static final String UNOPTIMIZED = OPTIONS + " -cl-opt-disable";

    private static final Logger LOG = LoggerFactory.getLogger(ClCompiler.class);

    private final ProgramCalls library;
    private final long context;
    private final ClDevice device;
    private final Optional<ProgramCache> cache;
    private final AtomicInteger compiled = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();

    ClCompiler(ProgramCalls library, long context, ClDevice device, Optional<ProgramCache> cache) {
        this.library = library;
        this.context = context;
        this.device = device;
        this.cache = cache;
    }

    /** Programs that the driver has compiled from their source. */
    int compiled() {
        return compiled.get();
    }

    /** Programs that came from the cache. */
    int kept() {
        return kept.get();
    }

    /**
     * A built program.
     *
     * @param options {@link #OPTIONS} or {@link #UNOPTIMIZED}
     * @return OpenCL's handle
     * @throws UnsupportedOperationException when the compiler refuses the source; the message has what it said
     */
    long program(String name, String source, String options) {
        return cache.map(files -> program(name, source, options, files))
                .orElseGet(() -> ofSource(name, source, options));
    }

    private long program(String name, String source, String options, ProgramCache files) {
        Path file = files.file(device, options, source);
        Optional<byte[]> binary = files.read(file, name);
        if (binary.isPresent()) {
            try {
                long program = ofBinary(binary.get(), options);
                kept.incrementAndGet();
                return program;
            } catch (IllegalStateException e) {
                files.refused(file, name, "the driver does not take it: " + e.getMessage());
            }
        }
        long program = ofSource(name, source, options);
        binary(program).ifPresent(bytes -> files.write(file, bytes));
        return program;
    }

    /**
     * Compiles, and once more where that was refused: PoCL 3.1 loses its own temporary files at times when sources meet its cache for
     * the first time side by side ("unable to rename temporary"), and a plugin without its kernels computes on the processor. A
     * source that is wrong is refused again.
     */
    private long ofSource(String name, String source, String options) {
        try {
            return compile(name, source, options);
        } catch (UnsupportedOperationException e) {
            LOG.debug("{} is compiled again: {}", name, e.getMessage());
            return compile(name, source, options);
        }
    }

    private long compile(String name, String source, String options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(JAVA_INT);
            MemorySegment text = arena.allocateFrom(source);
            long program = library.createProgram(context, arena.allocateFrom(JAVA_LONG, text.address()), error);
            Codes.require(error.get(JAVA_INT, 0), "taking the source " + name);
            int code = build(program, arena, options);
            if (code != 0) {
                String said = ClDevices.text((size, value, length) ->
                        library.buildInfo(program, device.id(), Codes.BUILD_LOG, size, value, length));
                released(program);
                throw new UnsupportedOperationException("the compiler of " + device.name() + " (" + device.platform()
                        + ", driver " + device.driver() + ") refused " + name + ": " + Codes.name(code) + ": " + said);
            }
            compiled.incrementAndGet();
            return program;
        }
    }

    private int build(long program, Arena arena, String options) {
        return library.build(program, arena.allocateFrom(JAVA_LONG, device.id()), arena.allocateFrom(options));
    }

    /** @throws IllegalStateException when the driver does not take what was kept */
    private long ofBinary(byte[] binary, String options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(JAVA_INT);
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, binary);
            long program = library.createProgramWithBinary(
                    context,
                    arena.allocateFrom(JAVA_LONG, device.id()),
                    arena.allocateFrom(JAVA_LONG, binary.length),
                    arena.allocateFrom(JAVA_LONG, bytes.address()),
                    error);
            Codes.require(error.get(JAVA_INT, 0), "taking a compiled program");
            int code = build(program, arena, options);
            if (code != 0) {
                released(program);
            }
            Codes.require(code, "building a compiled program");
            return program;
        }
    }

    /** The compiled form of a program; nothing where the driver gives none. */
    private Optional<byte[]> binary(long program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            int code = library.programInfo(program, Codes.PROGRAM_BINARY_SIZES, JAVA_LONG.byteSize(), size);
            if (code != 0 || size.get(JAVA_LONG, 0) <= 0) {
                return Optional.empty();
            }
            MemorySegment bytes = arena.allocate(size.get(JAVA_LONG, 0));
            MemorySegment place = arena.allocateFrom(ADDRESS, bytes);
            code = library.programInfo(program, Codes.PROGRAM_BINARIES, ADDRESS.byteSize(), place);
            return code == 0 ? Optional.of(bytes.toArray(JAVA_BYTE)) : Optional.empty();
        }
    }

    private void released(long program) {
        int code = library.releaseProgram(program);
        if (code != 0) {
            LOG.warn("OpenCL did not take a program back: {}", Codes.name(code));
        }
    }
}
