package org.scenecontexts.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Numbers of points as the page unpacks them: low bytes first, then higher ones, all deflated together. */
final class PackedArrays {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deflater deflater = new Deflater(6);
    private final DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, 1 << 16);
    private final List<Map<String, Object>> arrays = new ArrayList<>();

    /** The values of points, 0 to 2^32-1. */
    interface Values {
        long at(int i);
    }

    /**
     * Adds an array.
     *
     * @param most largest value; decides how many bytes a value gets: 1, 2 or 4
     * @param delta whether differences of neighbours are written, which are small where the order is that of space
     */
    void add(String name, int n, long most, boolean delta, Values values) {
        int width = most < 1 << 8 ? 1 : most < 1 << 16 ? 2 : 4;
        byte[] plane = new byte[n];
        try {
            for (int shift = 0; shift < 8 * width; shift += 8) {
                long before = 0;
                for (int i = 0; i < n; i++) {
                    long value = values.at(i);
                    plane[i] = (byte) ((delta ? value - before : value) >> shift);
                    before = value;
                }
                out.write(plane);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        arrays.add(Map.of("name", name, "bytes", width, "delta", delta));
    }

    /** What the page must know of the arrays. */
    List<Map<String, Object>> json() {
        return List.copyOf(arrays);
    }

    /** All arrays, deflated (RFC 1950). */
    byte[] finish() {
        try {
            out.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
    }
}
