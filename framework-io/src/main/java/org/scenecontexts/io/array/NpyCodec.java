package org.scenecontexts.io.array;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.scenecontexts.api.data.CloudException;

/** Turns the payload of {@code .npy} files into values and back. */
final class NpyCodec {

    private static final int ALIGNMENT = 64;
    private static final int BLOCK = 1 << 16;

    private NpyCodec() {}

    static NpArray decode(NpyHeader header, byte[] payload, String place) {
        int n = (int) header.count();
        ByteBuffer bytes = ByteBuffer.wrap(payload).order(header.order());
        Object values = switch (header.type()) {
            case FLOAT32 -> {
                float[] to = new float[n];
                bytes.asFloatBuffer().get(to);
                yield to;
            }
            case FLOAT64 -> {
                double[] to = new double[n];
                bytes.asDoubleBuffer().get(to);
                yield to;
            }
            case INT64, UINT64 -> {
                long[] to = new long[n];
                bytes.asLongBuffer().get(to);
                yield to;
            }
            case INT32 -> {
                int[] to = new int[n];
                bytes.asIntBuffer().get(to);
                yield to;
            }
            case TEXT -> text(header, bytes, payload, n, place);
            default -> narrow(header.type(), bytes, n);
        };
        Object ordered = header.fortran() ? toRowMajor(values, header.shape()) : values;
        return new NpArray(header.type(), header.shape(), ordered);
    }

    /** The fields of a structured array, each as an array of its own. */
    static Map<String, NpArray> fields(NpyHeader header, byte[] payload, String place) {
        if (header.fortran()) {
            throw new ArrayTypeException(
                    place + ": is a structured array of several axes in Fortran order, which is not"
                            + " read; save it in C order (numpy.ascontiguousarray)");
        }
        int n = (int) header.count();
        int stride = header.elementBytes();
        Map<String, NpArray> arrays = new LinkedHashMap<>();
        for (NpyFields.Field field : header.fields()) {
            int[] shape = Arrays.copyOf(header.shape(), header.shape().length + field.shape().length);
            System.arraycopy(field.shape(), 0, shape, header.shape().length, field.shape().length);
            if (field.name().isEmpty()) {
                continue;
            }
            NpyHeader plain = NpyHeader.of(field.type(), false, shape, 0);
            if (plain.count() < 0) {
                throw new CloudException(place + ": field '" + field.name() + "' of shape " + Arrays.toString(shape)
                        + " is larger than 2 GiB, which is more than one array can hold; split it");
            }
            int width = (int) field.bytes();
            byte[] gathered = new byte[n * width];
            for (int i = 0; i < n; i++) {
                System.arraycopy(payload, i * stride + (int) field.offset(), gathered, i * width, width);
            }
            arrays.put(field.name(), decode(plain, gathered, place + ", field '" + field.name() + "'"));
        }
        return arrays;
    }

    private static Object narrow(ArrayElement type, ByteBuffer bytes, int n) {
        if (type == ArrayElement.FLOAT16) {
            float[] to = new float[n];
            for (int i = 0; i < n; i++) {
                to[i] = Float.float16ToFloat(bytes.getShort());
            }
            return to;
        }
        if (type == ArrayElement.UINT32) {
            long[] to = new long[n];
            Arrays.setAll(to, i -> Integer.toUnsignedLong(bytes.getInt(4 * i)));
            return to;
        }
        int[] to = new int[n];
        for (int i = 0; i < n; i++) {
            to[i] = switch (type) {
                case BOOL -> bytes.get() != 0 ? 1 : 0;
                case INT8 -> bytes.get();
                case UINT8 -> bytes.get() & 0xFF;
                case INT16 -> bytes.getShort();
                case UINT16 -> bytes.getShort() & 0xFFFF;
                default -> throw new IllegalStateException("no narrow type: " + type);
            };
        }
        return to;
    }

    private static String[] text(NpyHeader header, ByteBuffer bytes, byte[] raw, int n, String place) {
        String[] to = new String[n];
        for (int i = 0; i < n; i++) {
            if (header.bytesText()) {
                String padded =
                        new String(raw, i * header.elementBytes(), header.elementBytes(), StandardCharsets.UTF_8);
                int end = padded.indexOf('\0');
                to[i] = end < 0 ? padded : padded.substring(0, end);
            } else {
                StringBuilder builder = new StringBuilder();
                for (int c = 0; c < header.elementBytes() / 4; c++) {
                    int codePoint = bytes.getInt();
                    if (!Character.isValidCodePoint(codePoint)) {
                        throw new CloudException(place + ": text element " + i + " holds 0x"
                                + Integer.toHexString(codePoint) + ", which is no character; the file is damaged");
                    }
                    if (codePoint != 0) {
                        builder.appendCodePoint(codePoint);
                    }
                }
                to[i] = builder.toString();
            }
        }
        return to;
    }

    private static Object toRowMajor(Object from, int[] shape) {
        int n = java.lang.reflect.Array.getLength(from);
        Object to = java.lang.reflect.Array.newInstance(from.getClass().getComponentType(), n);
        int[] index = new int[shape.length];
        for (int source = 0; source < n; source++) {
            int target = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                target = target * shape[axis] + index[axis];
            }
            System.arraycopy(from, source, to, target, 1);
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return to;
    }

    static void encode(OutputStream out, NpArray array) throws IOException {
        int characters = array.type() == ArrayElement.TEXT ? longest(array.strings()) : 0;
        out.write(header(array, characters));
        int width = array.type() == ArrayElement.TEXT
                ? 4 * characters
                : array.type().bytes();
        int perBlock = Math.max(1, BLOCK / Math.max(1, width));
        ByteBuffer block = ByteBuffer.allocate(perBlock * width).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < array.size(); from += perBlock) {
            int to = Math.min(array.size(), from + perBlock);
            block.clear();
            put(block, array, from, to, characters);
            out.write(block.array(), 0, block.position());
        }
    }

    private static byte[] header(NpArray array, int characters) {
        ArrayElement type = array.type();
        String order = type.bytes() == 1 ? "|" : "<";
        String descr = order + type.code() + (type == ArrayElement.TEXT ? characters : "");
        int[] shape = array.shape();
        String sides = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + sides
                + (shape.length == 1 ? ",), }" : "), }");
        int total = 10 + text.length() + 1;
        int padded = (total + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String line = text + " ".repeat(padded - total) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) line.length());
        bytes.put(line.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.array();
    }

    private static int longest(String[] texts) {
        return Math.max(
                1,
                Arrays.stream(texts)
                        .mapToInt(t -> t.codePointCount(0, t.length()))
                        .max()
                        .orElse(1));
    }

    private static void put(ByteBuffer to, NpArray array, int from, int end, int characters) {
        switch (array.type()) {
            case FLOAT32 -> {
                to.asFloatBuffer().put((float[]) array.values(), from, end - from);
                to.position(4 * (end - from));
            }
            case FLOAT64 -> {
                to.asDoubleBuffer().put((double[]) array.values(), from, end - from);
                to.position(8 * (end - from));
            }
            case FLOAT16 -> {
                for (int i = from; i < end; i++) {
                    to.putShort(Float.floatToFloat16(((float[]) array.values())[i]));
                }
            }
            case INT64, UINT64, UINT32 -> putLongs(to, array, from, end);
            case TEXT -> putText(to, (String[]) array.values(), from, end, characters);
            default -> putInts(to, array, from, end);
        }
    }

    private static void putLongs(ByteBuffer to, NpArray array, int from, int end) {
        long[] values = (long[]) array.values();
        for (int i = from; i < end; i++) {
            if (array.type() == ArrayElement.UINT32) {
                to.putInt((int) values[i]);
            } else {
                to.putLong(values[i]);
            }
        }
    }

    private static void putInts(ByteBuffer to, NpArray array, int from, int end) {
        if (array.values() instanceof byte[] bytes) {
            to.put(bytes, from, end - from);
            return;
        }
        int[] values = (int[]) array.values();
        for (int i = from; i < end; i++) {
            switch (array.type().bytes()) {
                case 1 -> to.put((byte) values[i]);
                case 2 -> to.putShort((short) values[i]);
                default -> to.putInt(values[i]);
            }
        }
    }

    private static void putText(ByteBuffer to, String[] values, int from, int end, int characters) {
        for (int i = from; i < end; i++) {
            int[] codePoints = values[i].codePoints().toArray();
            for (int c = 0; c < characters; c++) {
                to.putInt(c < codePoints.length ? codePoints[c] : 0);
            }
        }
    }
}
