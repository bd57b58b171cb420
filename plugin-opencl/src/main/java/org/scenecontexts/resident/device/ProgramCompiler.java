package org.scenecontexts.resident.device;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Turns sources into programs of a device, from the cache where the same driver has compiled the same source before. Safe for
 * several threads, which drivers compile on at once.
 */
public abstract class ProgramCompiler {

    private final ComputeDevice device;
    private final Optional<ProgramCache> cache;
    private final AtomicInteger compiled = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();

    /** @param cache keeps compiled programs; none are kept when empty */
    protected ProgramCompiler(ComputeDevice device, Optional<ProgramCache> cache) {
        this.device = device;
        this.cache = cache;
    }

    /**
     * A program as the driver has made it.
     *
     * @param handle the driver's
     * @param binary its compiled form, asked for only where it is kept; nothing where the driver gives none
     */
    public record Made(long handle, Supplier<Optional<byte[]>> binary) {}

    /** Options of the driver's compiler for a source, all on which the result depends. */
    protected abstract String options(String source, boolean optimized);

    /** Version of the compiler where it is not the driver's, with a blank behind it. */
    protected String version() {
        return "";
    }

    /** @throws UnsupportedOperationException when the compiler refuses the source; the message has what it said */
    protected abstract Made compile(String name, String source, String options);

    /** @throws IllegalStateException when the driver does not take what was kept */
    protected abstract long load(byte[] binary, String options);

    /** Programs that the driver has compiled from their source. */
    public final int compiled() {
        return compiled.get();
    }

    /** Programs that came from the cache. */
    public final int kept() {
        return kept.get();
    }

    /**
     * A built program.
     *
     * @param optimized false for what takes longer to optimize than it ever runs
     * @return the driver's handle
     * @throws UnsupportedOperationException when the compiler refuses the source; the message has what it said
     */
    public final long program(String name, String source, boolean optimized) {
        String options = options(source, optimized);
        return cache.map(files -> program(name, source, options, files))
                .orElseGet(() -> counted(compile(name, source, options)).handle());
    }

    private long program(String name, String source, String options, ProgramCache files) {
        Path file = files.file(device, version() + options, source);
        Optional<byte[]> binary = files.read(file, name);
        if (binary.isPresent()) {
            try {
                long program = load(binary.get(), options);
                kept.incrementAndGet();
                return program;
            } catch (IllegalStateException e) {
                files.refused(file, name, "the driver does not take it: " + e.getMessage());
            }
        }
        Made made = counted(compile(name, source, options));
        made.binary().get().ifPresent(bytes -> files.write(file, bytes));
        return made.handle();
    }

    private Made counted(Made made) {
        compiled.incrementAndGet();
        return made;
    }
}
