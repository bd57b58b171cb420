package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.ProgramCompiler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles for an OpenCL device, by the driver's own compiler. */
final class ClCompiler extends ProgramCompiler {

    /** Compiles as far as the standard allows and no further: no unsafe mathematics. */
    static final String OPTIONS = "-cl-std=CL1.2";

    /** The same for what takes longer to optimize than it ever runs. */
    static final String UNOPTIMIZED = OPTIONS + " -cl-opt-disable";

    private static final Logger LOG = LoggerFactory.getLogger(ClCompiler.class);

    private final ProgramCalls library;
    private final long context;
    private final OpenClDevice device;

    ClCompiler(ProgramCalls library, long context, OpenClDevice device, Optional<ProgramCache> cache) {
        super(device, cache);
        this.library = library;
        this.context = context;
        this.device = device;
    }

    @Override
    protected String options(String source, boolean optimized) {
        return optimized ? OPTIONS : UNOPTIMIZED;
    }

    /**
     * Compiles, and once more where that was refused: PoCL 3.1 loses its own temporary files at times when sources meet its cache for
     * the first time side by side ("unable to rename temporary"), and a plugin without its kernels computes on the processor. A
     * source that is wrong is refused again.
     */
    @Override
    protected Made compile(String name, String source, String options) {
        long program;
        try {
            program = ofSource(name, source, options);
        } catch (UnsupportedOperationException e) {
            LOG.debug("{} is compiled again: {}", name, e.getMessage());
            program = ofSource(name, source, options);
        }
        long made = program;
        return new Made(made, () -> binary(made));
    }

    private long ofSource(String name, String source, String options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(JAVA_INT);
            MemorySegment text = arena.allocateFrom(source);
            long program = library.createProgram(context, arena.allocateFrom(JAVA_LONG, text.address()), error);
            Codes.require(error.get(JAVA_INT, 0), "taking the source " + name);
            int code = build(program, arena, options);
            if (code != 0) {
                String said = OpenClDevices.text((size, value, length) ->
                        library.buildInfo(program, device.id(), Codes.BUILD_LOG, size, value, length));
                released(program);
                throw new UnsupportedOperationException("the compiler of " + device.name() + " (" + device.platform()
                        + ", driver " + device.driver() + ") refused " + name + ": " + Codes.name(code) + ": " + said);
            }
            return program;
        }
    }

    private int build(long program, Arena arena, String options) {
        return library.build(program, arena.allocateFrom(JAVA_LONG, device.id()), arena.allocateFrom(options));
    }

    @Override
    protected long load(byte[] binary, String options) {
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
