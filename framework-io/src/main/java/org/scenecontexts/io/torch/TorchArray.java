package org.scenecontexts.io.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;

/**
 * A NumPy array that was pickled into a PyTorch file; prepared scenes consist of these.
 *
 * @since 0.1
 */
public final class TorchArray implements TorchValue {

    private static final int NPY_PREFIX = 10;

    private final String dtype;
    private final int[] shape;
    private final boolean fortran;
    private final byte[] bytes;

    /**
     * @param dtype NumPy's description with the byte order, e.g. {@code <f8}
     * @param bytes the payload; its length must have been checked
     */
    TorchArray(String dtype, int[] shape, boolean fortran, byte[] bytes) {
        this.dtype = dtype;
        this.shape = shape.clone();
        this.fortran = fortran;
        this.bytes = bytes;
    }

    /**
     * An array to be written, as NumPy would pickle it.
     *
     * @param values of 32 or 64 bits each
     * @throws IllegalArgumentException when the values have another type
     * @since 0.2
     */
    public static TorchArray of(NpArray values) {
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.multiplyExact(values.size(), values.type().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        switch (values.type()) {
            case FLOAT64 -> bytes.asDoubleBuffer().put(values.doubles());
            case FLOAT32 -> bytes.asFloatBuffer().put(values.floats());
            case INT64 -> bytes.asLongBuffer().put(values.longs());
            case INT32 -> bytes.asIntBuffer().put(values.ints());
            default ->
                throw new IllegalArgumentException(
                        "arrays of float32, float64, int32 and int64 are written, found " + values.type());
        }
        return new TorchArray("<" + values.type().code(), values.shape(), false, bytes.array());
    }

    /** NumPy's description of the element type with its byte order, e.g. {@code <f8}. */
    public String dtype() {
        return dtype;
    }

    /** Lengths along the axes; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The values; decoded again at each call.
     *
     * @throws org.scenecontexts.api.data.CloudException when they cannot be decoded
     */
    public NpArray array() {
        String sides = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '" + dtype + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + sides + "), }\n";
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] prefix = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)};
        var head = new SequenceInputStream(new ByteArrayInputStream(prefix), new ByteArrayInputStream(text));
        var npy = new SequenceInputStream(head, new ByteArrayInputStream(bytes));
        try {
            return Npy.read(npy, "NumPy array " + this, (long) NPY_PREFIX + text.length + bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed: " + e, e);
        }
    }

    /** The bytes as NumPy holds them. */
    byte[] payload() {
        return bytes;
    }

    boolean fortran() {
        return fortran;
    }

    /** Type and shape, e.g. {@code <f8[900, 3]}. */
    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
