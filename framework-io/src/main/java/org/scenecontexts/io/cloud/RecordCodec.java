package org.scenecontexts.io.cloud;

import java.nio.ByteBuffer;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;

/** Moves the values of one field between a file's bytes and an array, whatever the distance from point to point. */
final class RecordCodec {

    private RecordCodec() {}

    /** Reads {@code rows x width} values; the value {@code w} of row {@code r} lies at {@code base + r * stride + w * bytes}. */
    static NpArray read(ByteBuffer from, ArrayElement type, int rows, int width, long base, int stride) {
        Builder values = new Builder(type, rows, width);
        for (int r = 0; r < rows; r++) {
            int at = (int) (base + (long) r * stride);
            for (int w = 0; w < width; w++) {
                values.put(r * width + w, from, at + w * type.bytes());
            }
        }
        return values.array();
    }

    /** One value as a number; 64-bit integers above 2^53 lose their last digits. */
    static double number(ArrayElement type, ByteBuffer from, int at) {
        return switch (type) {
            case FLOAT32 -> from.getFloat(at);
            case FLOAT64 -> from.getDouble(at);
            case FLOAT16 -> Float.float16ToFloat(from.getShort(at));
            case INT64 -> from.getLong(at);
            case UINT64 -> {
                long bits = from.getLong(at);
                yield bits < 0 ? (bits >>> 1) * 2.0 : bits;
            }
            case UINT32 -> Integer.toUnsignedLong(from.getInt(at));
            case INT32 -> from.getInt(at);
            case INT16 -> from.getShort(at);
            case UINT16 -> from.getShort(at) & 0xFFFF;
            case INT8 -> from.get(at);
            case BOOL, UINT8 -> from.get(at) & 0xFF;
            case TEXT -> throw new IllegalStateException("text is no field of a point");
        };
    }

    /** Appends value {@code index} of an array. */
    static void write(ByteBuffer to, ArrayElement type, Values from, int index) {
        switch (type) {
            case FLOAT32 -> to.putFloat(from.floats[index]);
            case FLOAT64 -> to.putDouble(from.doubles[index]);
            case INT64, UINT64 -> to.putLong(from.longs[index]);
            case UINT32 -> to.putInt((int) from.longs[index]);
            case INT32 -> to.putInt(from.ints[index]);
            case INT16, UINT16 -> to.putShort((short) from.ints[index]);
            case BOOL, INT8 -> to.put((byte) from.ints[index]);
            case UINT8 -> to.put(from.bytes[index]);
            case FLOAT16 -> to.putShort(Float.floatToFloat16(from.floats[index]));
            case TEXT -> throw new IllegalStateException("text is no field of a point");
        }
    }

    /** An array unpacked once, so that the loop over points does not ask for its type. */
    static final class Values {
        private static final int[] NO_INTS = {};

        private float[] floats = {};
        private double[] doubles = {};
        private long[] longs = {};
        private int[] ints = NO_INTS;
        private byte[] bytes = {};

        Values(NpArray array) {
            switch (array.type()) {
                case FLOAT32, FLOAT16 -> floats = array.floats();
                case FLOAT64 -> doubles = array.doubles();
                case INT64, UINT64, UINT32 -> longs = array.longs();
                case UINT8 -> bytes = array.bytes();
                default -> ints = array.ints();
            }
        }
    }

    /** Values that arrive one at a time. */
    static final class Builder {
        private final ArrayElement type;
        private final int rows;
        private final int width;
        private final float[] floats;
        private final double[] doubles;
        private final long[] longs;
        private final int[] ints;
        private final byte[] bytes;

        Builder(ArrayElement type, int rows, int width) {
            this.type = type;
            this.rows = rows;
            this.width = width;
            int n = Math.multiplyExact(rows, width);
            boolean single = type == ArrayElement.FLOAT32 || type == ArrayElement.FLOAT16;
            boolean wide = type == ArrayElement.INT64 || type == ArrayElement.UINT64 || type == ArrayElement.UINT32;
            floats = new float[single ? n : 0];
            doubles = new double[type == ArrayElement.FLOAT64 ? n : 0];
            longs = new long[wide ? n : 0];
            bytes = new byte[type == ArrayElement.UINT8 ? n : 0];
            ints = new int[single || wide || type == ArrayElement.FLOAT64 || type == ArrayElement.UINT8 ? 0 : n];
        }

        void put(int index, ByteBuffer from, int at) {
            switch (type) {
                case FLOAT32 -> floats[index] = from.getFloat(at);
                case FLOAT64 -> doubles[index] = from.getDouble(at);
                case FLOAT16 -> floats[index] = Float.float16ToFloat(from.getShort(at));
                case INT64, UINT64 -> longs[index] = from.getLong(at);
                case UINT32 -> longs[index] = Integer.toUnsignedLong(from.getInt(at));
                case INT32 -> ints[index] = from.getInt(at);
                case INT16 -> ints[index] = from.getShort(at);
                case UINT16 -> ints[index] = from.getShort(at) & 0xFFFF;
                case INT8 -> ints[index] = from.get(at);
                case BOOL -> ints[index] = from.get(at) & 0xFF;
                case UINT8 -> bytes[index] = from.get(at);
                case TEXT -> throw new IllegalStateException("text is no field of a point");
            }
        }

        /** @return whether the type can hold the value */
        boolean put(int index, double value) {
            switch (type) {
                case FLOAT32, FLOAT16 -> floats[index] = (float) value;
                case FLOAT64 -> doubles[index] = value;
                case INT64, UINT64, UINT32 -> {
                    longs[index] = (long) value;
                    return longs[index] == value && (type == ArrayElement.INT64 || value >= 0);
                }
                case UINT8 -> {
                    bytes[index] = (byte) (int) value;
                    return (bytes[index] & 0xFF) == value;
                }
                default -> {
                    ints[index] = (int) value;
                    return ints[index] == value && fits(ints[index]);
                }
            }
            return true;
        }

        private boolean fits(int value) {
            return switch (type) {
                case BOOL -> value == 0 || value == 1;
                case INT8 -> value == (byte) value;
                case INT16 -> value == (short) value;
                case UINT16 -> value >= 0 && value <= 0xFFFF;
                default -> true;
            };
        }

        NpArray array() {
            int[] shape = width == 1 ? new int[] {rows} : new int[] {rows, width};
            return switch (type) {
                case FLOAT32, FLOAT16 -> NpArray.of(floats, shape).as(type);
                case FLOAT64 -> NpArray.of(doubles, shape);
                case INT64, UINT64, UINT32 -> NpArray.of(longs, shape).as(type);
                case UINT8 -> NpArray.ofBytes(bytes, shape);
                default -> NpArray.of(ints, shape).as(type);
            };
        }
    }
}
