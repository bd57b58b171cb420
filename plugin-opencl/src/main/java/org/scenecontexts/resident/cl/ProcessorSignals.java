package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves the JVM its signals: PoCL, an OpenCL for processors, puts handlers of its own in the place of the JVM's, which turns a
 * division by zero in Java code into the end of the process. It asks its environment whether it may.
 */
final class ProcessorSignals {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorSignals.class);
    private static final String ASKED = "POCL_SIGFPE_HANDLER";

    private ProcessorSignals() {}

    /** To be called before the OpenCL loader is opened. What the user has set stays; Windows has no such signals. */
    @SuppressWarnings("restricted")
    static void keep() {
        Optional<MemorySegment> set = Linker.nativeLinker().defaultLookup().find("setenv");
        if (set.isEmpty()) {
            return;
        }
        var setenv = Linker.nativeLinker()
                .downcallHandle(set.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int code = (int) setenv.invokeExact(arena.allocateFrom(ASKED), arena.allocateFrom("0"), 0);
            if (code != 0) {
                LOG.debug("{} could not be set: {}", ASKED, code);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("a call of setenv failed", e);
        }
    }
}
