package org.scenecontexts.io.array;

import java.util.Arrays;
import java.util.Objects;

/**
 * An array with a shape, as NumPy files hold it, so that figures can be exchanged with Python.
 *
 * <p>Values are kept in C order (last index fastest) whatever the order of the file. Getters convert and refuse what
 * would lose a value: {@link #ints()} of {@code 3.5} or of {@code 2^40} is an error. Arrays are not copied where the
 * stored type is the one asked for: treat as immutable.
 *
 * @since 0.1
 */
public final class NpArray {

    private final ArrayElement type;
    private final int[] shape;
    private final int size;
    private final Object values;

    /** @param values a {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]}, {@code byte[]} (uint8) or {@code String[]} */
    NpArray(ArrayElement type, int[] shape, Object values) {
        this.type = Objects.requireNonNull(type, "type");
        this.shape = shape.clone();
        this.size = (int) count(shape);
        this.values = values;
        int found = java.lang.reflect.Array.getLength(values);
        if (found != size) {
            throw new IllegalArgumentException("an array of shape " + Arrays.toString(shape) + " holds " + size
                    + " values, found " + found + "; pass as many values as the shape says");
        }
    }

    /** Number of elements of a shape; 1 for the empty shape of a scalar, -1 where it exceeds what an array can hold. */
    static long count(int... shape) {
        long count = 1;
        for (int side : shape) {
            if (side == 0) {
                return 0;
            }
            count *= side;
            if (side < 0 || count > Integer.MAX_VALUE - 8) {
                return -1;
            }
        }
        return count;
    }

    /** A float32 array; without a shape it is one-dimensional. */
    public static NpArray of(float[] values, int... shape) {
        return new NpArray(ArrayElement.FLOAT32, orFlat(shape, values.length), values);
    }

    /** A float64 array; without a shape it is one-dimensional. */
    public static NpArray of(double[] values, int... shape) {
        return new NpArray(ArrayElement.FLOAT64, orFlat(shape, values.length), values);
    }

    /** An int32 array; without a shape it is one-dimensional. */
    public static NpArray of(int[] values, int... shape) {
        return new NpArray(ArrayElement.INT32, orFlat(shape, values.length), values);
    }

    /** An int64 array; without a shape it is one-dimensional. */
    public static NpArray of(long[] values, int... shape) {
        return new NpArray(ArrayElement.INT64, orFlat(shape, values.length), values);
    }

    /** An array of text; without a shape it is one-dimensional. */
    public static NpArray of(String[] values, int... shape) {
        return new NpArray(ArrayElement.TEXT, orFlat(shape, values.length), values);
    }

    /** A float64 scalar. */
    public static NpArray scalar(double value) {
        return new NpArray(ArrayElement.FLOAT64, new int[0], new double[] {value});
    }

    /** An int64 scalar. */
    public static NpArray scalar(long value) {
        return new NpArray(ArrayElement.INT64, new int[0], new long[] {value});
    }

    private static int[] orFlat(int[] shape, int length) {
        return shape.length == 0 ? new int[] {length} : shape;
    }

    /** Type of the elements in the file. */
    public ArrayElement type() {
        return type;
    }

    /** Lengths along the axes; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    /** Length along one axis. */
    public int dim(int axis) {
        return shape[axis];
    }

    /** Number of elements. */
    public int size() {
        return size;
    }

    /** A uint8 array of bytes taken for 0 to 255, which take a quarter of the memory of numbers. */
    public static NpArray ofBytes(byte[] values, int... shape) {
        return new NpArray(ArrayElement.UINT8, orFlat(shape, values.length), values);
    }

    /** The same array to be written with another element type; values that do not fit are wrapped as a cast would. */
    public NpArray as(ArrayElement newType) {
        if (newType == type) {
            return this;
        }
        return new NpArray(
                newType,
                shape,
                switch (newType) {
                    case FLOAT16, FLOAT32 -> floats();
                    case FLOAT64 -> doubles();
                    case INT64, UINT64, UINT32 -> longs();
                    case TEXT -> strings();
                    default -> ints();
                });
    }

    /** The values in C order, as float32; float64 and integers are rounded. */
    public float[] floats() {
        if (values instanceof float[] floats) {
            return floats;
        }
        float[] result = new float[size];
        for (int i = 0; i < size; i++) {
            result[i] = values instanceof long[] longs ? (float) longs[i] : (float) doubleAt(i);
        }
        return result;
    }

    /** The values in C order, as float64. */
    public double[] doubles() {
        if (values instanceof double[] doubles) {
            return doubles;
        }
        double[] result = new double[size];
        for (int i = 0; i < size; i++) {
            result[i] = doubleAt(i);
        }
        return result;
    }

    /**
     * The values in C order, as int32; booleans are 0 and 1.
     *
     * @throws IllegalStateException when a value is no 32-bit integer
     */
    public int[] ints() {
        if (values instanceof int[] ints) {
            return ints;
        }
        if (values instanceof byte[] bytes) {
            int[] result = new int[size];
            for (int i = 0; i < size; i++) {
                result[i] = bytes[i] & 0xFF;
            }
            return result;
        }
        long[] wide = longs();
        int[] result = new int[size];
        for (int i = 0; i < size; i++) {
            result[i] = (int) wide[i];
            if (result[i] != wide[i]) {
                throw new IllegalStateException(
                        "element " + i + " is " + wide[i] + ", which does not fit into 32 bits; read it as longs()");
            }
        }
        return result;
    }

    /**
     * The values in C order, as int64; the bits of unsigned 64-bit numbers are kept.
     *
     * @throws IllegalStateException when a value has a fraction or is out of range
     */
    public long[] longs() {
        if (values instanceof long[] longs) {
            return longs;
        }
        long[] result = new long[size];
        for (int i = 0; i < size; i++) {
            if (values instanceof int[] ints) {
                result[i] = ints[i];
            } else {
                double value = doubleAt(i);
                result[i] = (long) value;
                if (result[i] != value) {
                    throw new IllegalStateException(
                            "element " + i + " is " + value + ", which is no integer; read it as doubles()");
                }
            }
        }
        return result;
    }

    /** The low eight bits of each value in C order: of uint8, all there is. */
    public byte[] bytes() {
        if (values instanceof byte[] bytes) {
            return bytes;
        }
        int[] whole = ints();
        byte[] result = new byte[size];
        for (int i = 0; i < size; i++) {
            result[i] = (byte) whole[i];
        }
        return result;
    }

    /** The values in C order, as truth values: everything but zero is true. */
    public boolean[] booleans() {
        boolean[] result = new boolean[size];
        for (int i = 0; i < size; i++) {
            result[i] = doubleAt(i) != 0;
        }
        return result;
    }

    /** The values in C order, as text. */
    public String[] strings() {
        if (values instanceof String[] strings) {
            return strings;
        }
        String[] result = new String[size];
        for (int i = 0; i < size; i++) {
            result[i] = values instanceof byte[] bytes
                    ? String.valueOf(bytes[i] & 0xFF)
                    : String.valueOf(java.lang.reflect.Array.get(values, i));
        }
        return result;
    }

    /** The value of an array of one element. */
    public double scalar() {
        only();
        return doubleAt(0);
    }

    /** The value of an integer array of one element. */
    public int scalarInt() {
        only();
        return ints()[0];
    }

    /** The text of an array of one element. */
    public String scalarText() {
        only();
        return strings()[0];
    }

    private void only() {
        if (size != 1) {
            throw new IllegalStateException("a single value is expected, found " + this);
        }
    }

    Object values() {
        return values;
    }

    /** One value, in C order, as float64; of a large array this takes no copy. */
    public double doubleAt(int i) {
        return switch (values) {
            case float[] v -> v[i];
            case double[] v -> v[i];
            case int[] v -> v[i];
            case byte[] v -> v[i] & 0xFF;
            case long[] v -> type == ArrayElement.UINT64 && v[i] < 0 ? (v[i] >>> 1) * 2.0 : v[i];
            default -> throw new IllegalStateException("text cannot be read as numbers: " + this);
        };
    }

    /** Type and shape, e.g. {@code f4[900, 3]}. */
    @Override
    public String toString() {
        return type.code() + Arrays.toString(shape);
    }
}
