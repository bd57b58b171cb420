package org.scenecontexts.nd4j.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;

/**
 * Row numbers in an ND4J array. An index that is out of range makes ND4J read or write foreign memory, which ends the JVM:
 * what came from the host is checked when it comes, what kernels have written is checked before ND4J sees it.
 */
public final class Nd4jIndices implements Indices, AutoCloseable {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final Nd4jMemory memory;
    private final int length;
    private final int range;
    private final int lowest;
    private final boolean lent;
    private final Traffic traffic;
    private final Consumer<Nd4jMemory> whenReleased;
    private boolean released;

    private Nd4jIndices(
            Nd4jMemory memory,
            int length,
            int range,
            int lowest,
            boolean lent,
            Traffic traffic,
            Consumer<Nd4jMemory> whenReleased) {
        this.memory = memory;
        this.length = length;
        this.range = range;
        this.lowest = lowest;
        this.lent = lent;
        this.traffic = traffic;
        this.whenReleased = whenReleased;
    }

    /** Checked indices from the host, brought over. */
    public static Nd4jIndices of(HeapIndices checked, Traffic traffic) {
        Nd4jMemory memory = Nd4jMemory.ints(checked.length());
        Nd4jIndices indices = new Nd4jIndices(
                memory, checked.length(), checked.range(), checked.lowest(), false, traffic, Nd4jMemory::free);
        indices.write(0, checked.array(), 0, checked.length());
        return indices;
    }

    /** Room for a kernel to write to. */
    static Nd4jIndices lent(
            Nd4jMemory memory, int length, int range, Traffic traffic, Consumer<Nd4jMemory> whenReleased) {
        return new Nd4jIndices(memory, length, range, 0, true, traffic, whenReleased);
    }

    /**
     * A list that must be one of these.
     *
     * @throws IllegalArgumentException when it lies elsewhere
     */
    public static Nd4jIndices own(Indices indices) {
        if (indices instanceof Nd4jIndices own) {
            return own;
        }
        throw new IllegalArgumentException("a list of " + indices.length() + " indices of device '" + indices.device()
                + "' was given to a kernel of '" + Nd4jPool.DEVICE + "'; make it with this engine's indices");
    }

    /**
     * The leading ones for an operation of ND4J.
     *
     * @param rows what it chooses from
     * @throws IndexOutOfBoundsException naming the first that is not in {@code 0 .. rows - 1}, or when there are fewer
     */
    public INDArray choosing(int count, int rows) {
        Objects.checkFromIndexSize(0, count, length);
        if (lent || lowest < 0 || range > rows) {
            NativeInts values = reading();
            for (int i = 0; i < count; i++) {
                int row = values.get(i);
                if (row < 0 || row >= rows) {
                    throw new IndexOutOfBoundsException("index[" + i + "] = " + row + " is not in 0 to " + (rows - 1)
                            + ", the rows that it chooses from");
                }
            }
        }
        return memory.view(0, new long[] {count}, new long[] {1});
    }

    /** For loops that only read. */
    public NativeInts reading() {
        return new NativeInts(memory.forReading().asSlice(0, (long) Integer.BYTES * length));
    }

    /** For loops that write. */
    public NativeInts writing() {
        return new NativeInts(memory.forWriting().asSlice(0, (long) Integer.BYTES * length));
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
        return Nd4jPool.DEVICE;
    }

    @Override
    public void copyOut(int at, int[] to, int toAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        traffic.read((long) Integer.BYTES * count);
        MemorySegment.copy(memory.forReading(), INT, (long) Integer.BYTES * at, to, toAt, count);
    }

    @Override
    public void copyIn(int at, int[] from, int fromAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        HeapIndices.check(from, fromAt, count, lowest, range);
        write(at, from, fromAt, count);
    }

    private void write(int at, int[] from, int fromAt, int count) {
        traffic.written((long) Integer.BYTES * count);
        MemorySegment.copy(from, fromAt, memory.forWriting(), INT, (long) Integer.BYTES * at, count);
    }

    @Override
    public Nd4jMemory memory() {
        return memory;
    }

    /** Gives what the pool has lent back; what came from the host stays until {@link #close}. */
    @Override
    public void release() {
        if (lent) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (!released) {
            released = true;
            whenReleased.accept(memory);
        }
    }
}
