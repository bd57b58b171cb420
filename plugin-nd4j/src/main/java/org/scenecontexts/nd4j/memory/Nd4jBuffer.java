package org.scenecontexts.nd4j.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.ElementType;

/** Numbers of an ND4J array, or a part of them: a slice is the same array from another place. */
public final class Nd4jBuffer implements Buffer {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final Nd4jMemory memory;
    private final int offset;
    private final int capacity;
    private final Traffic traffic;

    private Nd4jBuffer(Nd4jMemory memory, int offset, int capacity, Traffic traffic) {
        this.memory = memory;
        this.offset = offset;
        this.capacity = capacity;
        this.traffic = traffic;
    }

    /** All of a piece of memory. */
    static Nd4jBuffer of(Nd4jMemory memory, Traffic traffic) {
        return new Nd4jBuffer(memory, 0, memory.elements(), traffic);
    }

    /** Numbers from the heap, in an array of their own. */
    public static Nd4jBuffer of(float[] values, Traffic traffic) {
        Nd4jBuffer buffer = of(Nd4jMemory.floats(values.length), traffic);
        buffer.copyIn(0, values, 0, values.length);
        return buffer;
    }

    /**
     * A buffer that must be one of these.
     *
     * @throws IllegalArgumentException when it lies elsewhere
     */
    public static Nd4jBuffer own(Buffer buffer) {
        if (buffer instanceof Nd4jBuffer own) {
            return own;
        }
        throw new IllegalArgumentException("a buffer of " + buffer.capacity() + " numbers of device '" + buffer.device()
                + "' was given to a kernel of '" + Nd4jPool.DEVICE + "'; make it with this engine's bufferOf");
    }

    private int place(int at, int length) {
        return offset + Objects.checkFromIndexSize(at, length, capacity);
    }

    private static MemorySegment part(MemorySegment all, long at, long length) {
        return all.asSlice(Float.BYTES * at, Float.BYTES * length);
    }

    /**
     * For ND4J's operations: a row-major array from the first number on.
     *
     * @throws IndexOutOfBoundsException when there is no room for it
     */
    public INDArray array(long... shape) {
        long[] strides = new long[shape.length];
        long size = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = size;
            size *= shape[i];
        }
        Objects.checkFromIndexSize(0L, size, capacity);
        return memory.view(offset, shape, strides);
    }

    /** For ND4J's operations: some columns of a wider matrix. */
    public INDArray columns(int rows, int columns, int stride, int first) {
        if (rows > 0) {
            Objects.checkFromIndexSize((long) first, (rows - 1L) * stride + columns, capacity);
        }
        return memory.view(offset + (long) first, new long[] {rows, columns}, new long[] {stride, 1});
    }

    /** For loops that only read. */
    public NativeFloats reading() {
        return new NativeFloats(part(memory.forReading(), offset, capacity));
    }

    /** For loops that write. */
    public NativeFloats writing() {
        return new NativeFloats(part(memory.forWriting(), offset, capacity));
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ElementType type() {
        return ElementType.FLOAT32;
    }

    @Override
    public String device() {
        return Nd4jPool.DEVICE;
    }

    @Override
    public void copyIn(int at, float[] from, int fromAt, int length) {
        int place = place(at, length);
        traffic.written((long) Float.BYTES * length);
        MemorySegment.copy(from, fromAt, memory.forWriting(), FLOAT, (long) Float.BYTES * place, length);
    }

    @Override
    public void copyOut(int at, float[] to, int toAt, int length) {
        int place = place(at, length);
        traffic.read((long) Float.BYTES * length);
        MemorySegment.copy(memory.forReading(), FLOAT, (long) Float.BYTES * place, to, toAt, length);
    }

    @Override
    public void copyIn(int at, MemorySegment from, int length) {
        int place = place(at, length);
        traffic.written((long) Float.BYTES * length);
        MemorySegment.copy(from, 0, part(memory.forWriting(), place, length), 0, (long) Float.BYTES * length);
    }

    @Override
    public void copyOut(int at, MemorySegment to, int length) {
        int place = place(at, length);
        traffic.read((long) Float.BYTES * length);
        MemorySegment.copy(part(memory.forReading(), place, length), 0, to, 0, (long) Float.BYTES * length);
    }

    @Override
    public Buffer slice(int at, int length) {
        return at == 0 && length == capacity ? this : new Nd4jBuffer(memory, place(at, length), length, traffic);
    }

    @Override
    public Nd4jMemory memory() {
        return memory;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public String toString() {
        return capacity + " numbers in ND4J's memory";
    }
}
