package org.scenecontexts.io.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.scenecontexts.io.array.NpArray;

/**
 * A tensor of a PyTorch file: type and shape at once, values when asked for.
 *
 * <p>Each getter reads the file and returns a new array in C order; nothing is kept. Several tensors may look at one
 * storage, with any strides. The file must stay where it is until the values have been read.
 *
 * @since 0.1
 */
public final class TorchTensor implements TorchValue {

    private final TorchStorage storage;
    private final long offset;
    private final int[] shape;
    private final long[] strides;
    private final int size;

    /** Shape, strides and offset must have been checked against the storage. */
    TorchTensor(TorchStorage storage, long offset, int[] shape, long[] strides) {
        this.storage = storage;
        this.offset = offset;
        this.shape = shape.clone();
        this.strides = strides.clone();
        int count = 1;
        for (int side : shape) {
            count = Math.multiplyExact(count, side);
        }
        this.size = count;
    }

    /**
     * A float32 tensor of values in memory, to be written; no shape makes it a scalar.
     *
     * @param values in C order; not copied
     */
    public static TorchTensor of(float[] values, int... shape) {
        return inMemory(NpArray.of(values, flat(values.length)), shape);
    }

    /**
     * An int64 tensor of values in memory, to be written; no shape makes it a scalar.
     *
     * @param values in C order; not copied
     */
    public static TorchTensor of(long[] values, int... shape) {
        return inMemory(NpArray.of(values, flat(values.length)), shape);
    }

    /**
     * A tensor of the values and type of an array, to be written.
     *
     * @throws IllegalArgumentException when PyTorch has no such element type
     */
    public static TorchTensor of(NpArray array) {
        return inMemory(array, array.shape());
    }

    private static int[] flat(int length) {
        return new int[] {length};
    }

    private static TorchTensor inMemory(NpArray array, int[] shape) {
        long[] strides = new long[shape.length];
        long size = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = size;
            size *= shape[axis];
        }
        if (size != array.size()) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " holds " + size
                    + " values, found " + array.size());
        }
        return new TorchTensor(new ArrayStorage(array), 0, shape, strides);
    }

    TorchStorage storage() {
        return storage;
    }

    long offset() {
        return offset;
    }

    /** Type of the elements in the file. */
    public TorchType type() {
        return storage.type();
    }

    /** Lengths along the axes; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    /** Steps between neighbours along each axis, in elements of the storage. */
    public long[] strides() {
        return strides.clone();
    }

    /** Number of elements. */
    public int size() {
        return size;
    }

    /** Whether both look at the same storage, as tied weights do. */
    public boolean sharesStorageWith(TorchTensor other) {
        return storage == other.storage;
    }

    /** Whether the values lie in C order without gaps. */
    public boolean isContiguous() {
        long expected = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (shape[axis] != 1 && strides[axis] != expected) {
                return size == 0;
            }
            expected *= shape[axis];
        }
        return true;
    }

    /** The values as float32; float64 and integers are rounded, truth values are 0 and 1. */
    public float[] floats() {
        float[] to = new float[size];
        read((bytes, from, count) -> {
            switch (type()) {
                case FLOAT32 -> bytes.asFloatBuffer().get(to, from, count);
                case FLOAT64, FLOAT16, BFLOAT16 -> {
                    for (int i = 0; i < count; i++) {
                        to[from + i] = (float) real(bytes, i);
                    }
                }
                default -> {
                    for (int i = 0; i < count; i++) {
                        to[from + i] = whole(bytes, i);
                    }
                }
            }
        });
        return to;
    }

    /** The values as float64; 64-bit integers are rounded, truth values are 0 and 1. */
    public double[] doubles() {
        double[] to = new double[size];
        read((bytes, from, count) -> {
            for (int i = 0; i < count; i++) {
                to[from + i] = type().isFloating() ? real(bytes, i) : whole(bytes, i);
            }
        });
        return to;
    }

    /**
     * The values of a tensor of integers or truth values.
     *
     * @throws IllegalStateException when the tensor holds fractions
     */
    public long[] longs() {
        if (type().isFloating()) {
            throw new IllegalStateException(this + " holds fractions, integers are expected; read it as floats()");
        }
        long[] to = new long[size];
        read((bytes, from, count) -> {
            for (int i = 0; i < count; i++) {
                to[from + i] = whole(bytes, i);
            }
        });
        return to;
    }

    /** The values as they are in memory: C order, little endian, {@code size() * type().bytes()} bytes. */
    public byte[] bytes() {
        byte[] to = new byte[Math.multiplyExact(size, type().bytes())];
        read((bytes, from, count) -> bytes.get(0, to, from * type().bytes(), count * type().bytes()));
        return to;
    }

    private double real(ByteBuffer bytes, int i) {
        return switch (type()) {
            case FLOAT32 -> bytes.getFloat(4 * i);
            case FLOAT64 -> bytes.getDouble(8 * i);
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort(2 * i));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
            default -> throw new IllegalStateException("no fractions: " + type());
        };
    }

    private long whole(ByteBuffer bytes, int i) {
        return switch (type()) {
            case INT64 -> bytes.getLong(8 * i);
            case INT32 -> bytes.getInt(4 * i);
            case INT16 -> bytes.getShort(2 * i);
            case INT8 -> bytes.get(i);
            case UINT8 -> Byte.toUnsignedLong(bytes.get(i));
            case BOOL -> bytes.get(i) != 0 ? 1 : 0;
            default -> throw new IllegalStateException("no integers: " + type());
        };
    }

    /** Hands the values on in C order, in blocks. */
    void read(TorchStorage.Block block) {
        if (size == 0) {
            return;
        }
        if (isContiguous()) {
            storage.read(offset, size, block);
        } else {
            gather(block);
        }
    }

    private void gather(TorchStorage.Block block) {
        long span = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            span += (shape[axis] - 1) * strides[axis];
        }
        int width = type().bytes();
        byte[] source = new byte[Math.toIntExact(Math.multiplyExact(span, width))];
        storage.read(offset, (int) span, (bytes, from, count) -> bytes.get(0, source, from * width, count * width));
        byte[] row = new byte[Math.multiplyExact(shape[shape.length - 1], width)];
        int[] index = new int[shape.length];
        for (int done = 0; done < size; done += shape[shape.length - 1]) {
            long at = 0;
            for (int axis = 0; axis < shape.length - 1; axis++) {
                at += index[axis] * strides[axis];
            }
            for (int i = 0; i < shape[shape.length - 1]; i++) {
                int element = (int) (at + i * strides[shape.length - 1]);
                System.arraycopy(source, element * width, row, i * width, width);
            }
            block.take(ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN), done, shape[shape.length - 1]);
            for (int axis = shape.length - 2; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
    }

    /** Type and shape, e.g. {@code float32[27, 3, 32]}. */
    @Override
    public String toString() {
        return type() + Arrays.toString(shape);
    }
}
