package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;

/** Compiled kernels of a session; a kernel is looked up at its first call. */
public final class ClProgram implements DeviceProgram {

    /** What the engine's buffers and indices are: a piece of memory, and where they begin in it. */
    public interface Lying {
        /** The memory. */
        ClMemory memory();
    }

    private final ClSession session;
    private final String name;
    private final Future<Long> program;
    private final Map<String, Long> kernels = new HashMap<>();
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment value = arena.allocate(8, 8);
    private final MemorySegment global = arena.allocate(JAVA_LONG, 3);
    private final MemorySegment local = arena.allocateFrom(JAVA_LONG, 1, 1, 1);

    ClProgram(ClSession session, String name, Future<Long> program) {
        this.session = session;
        this.name = name;
        this.program = program;
    }

    /**
     * Waits until it is compiled.
     *
     * @return OpenCL's handle
     * @throws UnsupportedOperationException when the compiler has refused the source; the message has what it said
     */
    public long await() {
        try {
            return program.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnsupportedOperationException refused) {
                throw new UnsupportedOperationException(refused.getMessage(), refused);
            }
            throw new IllegalStateException("compiling " + name + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling " + name, e);
        }
    }

    @Override
    public void launch(String kernel, Groups groups, Object... arguments) {
        if (groups.x() == 0 || groups.y() == 0 || groups.z() == 0) {
            return;
        }
        long compiled = await();
        // One queue and one set of arguments per kernel: calls of several threads come one after the other.
        synchronized (session) {
            long handle = kernels.computeIfAbsent(kernel, k -> session.kernel(compiled, k, name));
            int place = 0;
            for (Object argument : arguments) {
                place = set(kernel, handle, place, argument);
            }
            global.setAtIndex(JAVA_LONG, 0, (long) groups.x() * groups.items());
            global.setAtIndex(JAVA_LONG, 1, groups.y());
            global.setAtIndex(JAVA_LONG, 2, groups.z());
            local.setAtIndex(JAVA_LONG, 0, groups.items());
            session.run(kernel, handle, global, local);
        }
    }

    /** Sets one argument, which may be two for OpenCL; returns the place of the next. */
    private int set(String kernel, long handle, int place, Object argument) {
        switch (argument) {
            case Buffer none
            when none.onHeap() && none.capacity() == 0 -> {
                memory(kernel, handle, place, session.nothing());
                number(kernel, handle, place + 1, 0);
                return place + 2;
            }
            case Lying lying
            when lying.memory().session() == session -> {
                memory(kernel, handle, place, lying.memory());
                if (lying instanceof Buffer buffer) {
                    number(kernel, handle, place + 1, buffer.offset());
                    return place + 2;
                }
            }
            case Integer number -> number(kernel, handle, place, number);
            case Long number -> {
                value.set(JAVA_LONG, 0, number);
                give(kernel, handle, place, 8);
            }
            case Float number -> {
                value.set(JAVA_FLOAT, 0, number);
                give(kernel, handle, place, 4);
            }
            case Double number -> {
                value.set(JAVA_DOUBLE, 0, number);
                give(kernel, handle, place, 8);
            }
            case null, default ->
                throw new IllegalArgumentException("the kernel '" + kernel + "' of " + name + " was given " + argument
                        + " as argument " + place + ", expected buffers and indices of "
                        + session.device().name()
                        + " and numbers");
        }
        return place + 1;
    }

    private void memory(String kernel, long handle, int place, ClMemory memory) {
        value.set(JAVA_LONG, 0, memory.handle());
        give(kernel, handle, place, 8);
    }

    private void number(String kernel, long handle, int place, int number) {
        value.set(JAVA_INT, 0, number);
        give(kernel, handle, place, 4);
    }

    private void give(String kernel, long handle, int place, long bytes) {
        int code = session.library().setArgument(handle, place, bytes, value);
        if (code != 0) {
            throw new IllegalArgumentException(
                    "argument " + place + " of the kernel '" + kernel + "' of " + name + ": " + Codes.name(code));
        }
    }
}
