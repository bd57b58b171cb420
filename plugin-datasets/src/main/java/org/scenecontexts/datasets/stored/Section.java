package org.scenecontexts.datasets.stored;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * One table of a scene as a file keeps it: what it is, its shape, and its bytes, little endian.
 *
 * @param role whose table it is
 * @param name of an attribute, or of a part of the core
 * @param width numbers per row
 * @param offset of an attribute; 0 otherwise
 */
record Section(Role role, String name, Kind kind, int width, double offset, byte[] bytes) {

    /** Whose table a section is; the order is part of the format. */
    enum Role {
        CORE,
        POINTS,
        SCENE,
        OBJECTS
    }

    /** How numbers are kept; the order is part of the format. */
    enum Kind {
        FLOAT32(4),
        INT32(4),
        FLOAT64(8),
        /** Whole numbers of 0 to 255 that are floats in memory. */
        UINT8(1);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    static Section of(Role role, String name, int width, double offset, float[] values) {
        return new Section(role, name, Kind.FLOAT32, width, offset, floats(values));
    }

    static Section of(Role role, String name, int width, int[] values) {
        ByteBuffer bytes = buffer(4, values.length);
        bytes.asIntBuffer().put(values);
        return new Section(role, name, Kind.INT32, width, 0, bytes.array());
    }

    static Section of(String name, int width, double[] values) {
        ByteBuffer bytes = buffer(8, values.length);
        bytes.asDoubleBuffer().put(values);
        return new Section(Role.CORE, name, Kind.FLOAT64, width, 0, bytes.array());
    }

    /** Colours nearly always are whole numbers of 0 to 255, which take a quarter of the place. */
    static Section colours(String name, float[] values) {
        byte[] narrow = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            int whole = (int) values[i];
            boolean same = whole >= 0
                    && whole <= 255
                    && Float.floatToRawIntBits((float) whole) == Float.floatToRawIntBits(values[i]);
            if (!same) {
                return of(Role.CORE, name, 3, 0, values);
            }
            narrow[i] = (byte) whole;
        }
        return new Section(Role.CORE, name, Kind.UINT8, 3, 0, narrow);
    }

    private static byte[] floats(float[] values) {
        ByteBuffer bytes = buffer(4, values.length);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static ByteBuffer buffer(int width, int count) {
        return ByteBuffer.allocate(Math.multiplyExact(width, count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    int crc() {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
