package org.scenecontexts.resident;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.SessionProgram;

/**
 * Row numbers that lie in the device's memory. Those that came from the host also know which of them choose each row, which
 * is what adding up rows in a fixed order needs; it is found and brought over at the first such addition.
 */
final class ResidentIndices implements Indices, SessionProgram.Lying, AutoCloseable {

    /** The places that choose each row: those of row r are {@code order[start[r]] .. order[start[r + 1] - 1]}, ascending. */
    record Choosers(ResidentIndices start, ResidentIndices order) {}

    private final DeviceSession session;
    private final DeviceMemory memory;
    private final int length;
    private final int range;
    private final int lowest;
    private final int[] host;
    private final Consumer<DeviceMemory> whenReleased;
    private Optional<Choosers> choosers = Optional.empty();
    private boolean released;

    private ResidentIndices(
            DeviceSession session,
            DeviceMemory memory,
            int length,
            int range,
            int lowest,
            int[] host,
            Consumer<DeviceMemory> whenReleased) {
        this.session = session;
        this.memory = memory;
        this.length = length;
        this.range = range;
        this.lowest = lowest;
        this.host = host;
        this.whenReleased = whenReleased;
    }

    /** Checked indices from the host, brought over. */
    static ResidentIndices of(DeviceSession session, HeapIndices checked) {
        DeviceMemory memory = session.allocate(checked.length());
        session.write(memory, 0, MemorySegment.ofArray(checked.array()), checked.length());
        return new ResidentIndices(
                session,
                memory,
                checked.length(),
                checked.range(),
                checked.lowest(),
                checked.array(),
                DeviceMemory::free);
    }

    /** Room for a kernel to write to. */
    static ResidentIndices lent(
            DeviceSession session, DeviceMemory memory, int length, int range, Consumer<DeviceMemory> whenReleased) {
        return new ResidentIndices(session, memory, length, range, 0, new int[0], whenReleased);
    }

    /** Whether {@link #choosers} can be told: those that a kernel has written are not known here. */
    boolean fromHost() {
        return host.length == length && length > 0;
    }

    /** The places that choose each of some rows. */
    synchronized Choosers choosers(int rows) {
        if (choosers.isEmpty() || choosers.get().start.length != rows + 1) {
            choosers.ifPresent(ResidentIndices::close);
            int[] start = new int[rows + 1];
            for (int row : host) {
                start[row + 1]++;
            }
            for (int row = 0; row < rows; row++) {
                start[row + 1] += start[row];
            }
            int[] next = start.clone();
            int[] order = new int[length];
            for (int i = 0; i < length; i++) {
                order[next[host[i]]++] = i;
            }
            choosers = Optional.of(new Choosers(
                    of(session, HeapIndices.of(start, length + 1)), of(session, HeapIndices.of(order, length))));
        }
        return choosers.get();
    }

    private static void close(Choosers choosers) {
        choosers.start.close();
        choosers.order.close();
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int range() {
        return range;
    }

    @Override
    public int lowest() {
        return lowest;
    }

    @Override
    public String device() {
        return session.device().backend();
    }

    @Override
    public void copyOut(int at, int[] to, int toAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        Objects.checkFromIndexSize(toAt, count, to.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(Math.max(4, 4L * count), 4);
            session.read(memory, at, values, count);
            MemorySegment.copy(values, ValueLayout.JAVA_INT, 0, to, toAt, count);
        }
    }

    @Override
    public void copyIn(int at, int[] from, int fromAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        HeapIndices.check(from, fromAt, count, lowest, range);
        session.write(memory, at, MemorySegment.ofArray(from).asSlice(4L * fromAt, 4L * count), count);
    }

    @Override
    public DeviceMemory memory() {
        return memory;
    }

    /** Gives what the pool has lent back; what came from the host stays until {@link #close}. */
    @Override
    public void release() {
        if (host.length == 0) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (!released) {
            released = true;
            choosers.ifPresent(ResidentIndices::close);
            whenReleased.accept(memory);
        }
    }
}
