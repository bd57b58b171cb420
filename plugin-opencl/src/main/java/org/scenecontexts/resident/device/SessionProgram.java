package org.scenecontexts.resident.device;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.ElementType;

/** Compiled kernels of a session; a kernel is looked up at its first call. */
public final class SessionProgram implements DeviceProgram {

    /** What the engine's buffers and indices are: a piece of memory, and where they begin in it. */
    public interface Lying {
        /** The memory. */
        DeviceMemory memory();
    }

    /** Packed numbers of a word. */
    private static final int PER_WORD = 2;

    private final DeviceSession session;
    private final String name;
    private final Future<Long> program;
    private final Map<String, Long> kernels = new HashMap<>();
    private final MemorySegment value = Arena.ofAuto().allocate(8, 8);

    SessionProgram(DeviceSession session, String name, Future<Long> program) {
        this.session = session;
        this.name = name;
        this.program = program;
    }

    /**
     * Waits until it is compiled.
     *
     * @return the driver's handle
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
            session.run(kernel, handle, place, groups);
        }
    }

    /** Sets one argument, which may be two for the kernel; returns the place of the next. */
    private int set(String kernel, long handle, int place, Object argument) {
        switch (argument) {
            case Buffer none
            when none.onHeap() && none.capacity() == 0 -> {
                memory(kernel, handle, place, session.nothing());
                number(kernel, handle, place + 1, 0);
                return place + 2;
            }
            case Packable(Buffer buffer) -> {
                if (buffer.type() == ElementType.FLOAT32) {
                    int next = set(kernel, handle, place, buffer);
                    number(kernel, handle, next, 0);
                    return next + 1;
                }
                memory(kernel, handle, place, packed(kernel, place, buffer).memory());
                number(kernel, handle, place + 1, buffer.offset());
                number(kernel, handle, place + 2, 1);
                return place + 3;
            }
            case Words(Buffer buffer)
            when buffer.type() == ElementType.FLOAT32 -> {
                return set(kernel, handle, place, buffer);
            }
            case Words(Buffer buffer) -> {
                memory(kernel, handle, place, packed(kernel, place, buffer).memory());
                number(kernel, handle, place + 1, wordOf(kernel, place, buffer));
                return place + 2;
            }
            case Lying lying
            when lying.memory().session() == session -> {
                memory(kernel, handle, place, lying.memory());
                if (lying instanceof Buffer buffer) {
                    requireFloats(kernel, place, buffer);
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

    private void requireFloats(String kernel, int place, Buffer buffer) {
        if (buffer.type() != ElementType.FLOAT32) {
            throw new IllegalArgumentException("the kernel '" + kernel + "' of " + name + " was given " + buffer
                    + " as argument " + place + ", expected float32; give it the tensor's buffer(), or declare P(x) and"
                    + " pass it as Packable");
        }
    }

    private Lying packed(String kernel, int place, Buffer buffer) {
        if (buffer instanceof Lying lying && lying.memory().session() == session) {
            return lying;
        }
        throw new IllegalArgumentException("the kernel '" + kernel + "' of " + name + " was given " + buffer
                + " as argument " + place + ", expected packed numbers of "
                + session.device().name());
    }

    private int wordOf(String kernel, int place, Buffer buffer) {
        if (buffer.offset() % PER_WORD != 0) {
            throw new IllegalArgumentException(
                    "the kernel '" + kernel + "' of " + name + " was given words from number "
                            + buffer.offset() + " on as argument " + place + ", expected a multiple of " + PER_WORD
                            + "; copy them to a buffer of their own");
        }
        return buffer.offset() / PER_WORD;
    }

    private void memory(String kernel, long handle, int place, DeviceMemory memory) {
        value.set(JAVA_LONG, 0, memory.handle());
        give(kernel, handle, place, 8);
    }

    private void number(String kernel, long handle, int place, int number) {
        value.set(JAVA_INT, 0, number);
        give(kernel, handle, place, 4);
    }

    private void give(String kernel, long handle, int place, int bytes) {
        Optional<String> refusal = session.argument(handle, place, bytes, value);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(
                    "argument " + place + " of the kernel '" + kernel + "' of " + name + ": " + refusal.get());
        }
    }
}
