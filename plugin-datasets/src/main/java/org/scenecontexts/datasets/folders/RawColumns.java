package org.scenecontexts.datasets.folders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.datasets.prepared.PreparedArrays;
import org.scenecontexts.io.StandIns;
import org.scenecontexts.io.array.ArrayElement;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;
import org.scenecontexts.io.cloud.LocalPositions;

/**
 * Reads what other programs keep a cloud in, a file per array and mostly without a header, and says what is wrong where a file
 * has another length than the points.
 */
final class RawColumns {

    private static final String WHOLE = ", expected 0 to 255; prepare the scene again with such colours";

    private RawColumns() {}

    /**
     * Little-endian floats of a file without a header.
     *
     * @param columns numbers per point
     * @return {@code [N, columns]}
     */
    static NpArray floats(Path file, int columns) {
        ByteBuffer bytes = bytes(file);
        int point = columns * Float.BYTES;
        if (bytes.remaining() == 0 || bytes.remaining() % point != 0) {
            throw new CloudException(file + ": has " + bytes.remaining()
                    + " bytes, which is no whole number of points of " + columns + " floats (" + point
                    + " bytes); the file is truncated or has other columns: copy it again");
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return NpArray.of(values, values.length / columns, columns);
    }

    /** Little-endian 64-bit integers, one per point. */
    static long[] longs(Path file, int points) {
        ByteBuffer bytes = perPoint(file, points, Long.BYTES);
        long[] values = new long[points];
        bytes.asLongBuffer().get(values);
        return values;
    }

    /** Little-endian 32-bit integers, one per point. */
    static int[] ints(Path file, int points) {
        ByteBuffer bytes = perPoint(file, points, Integer.BYTES);
        int[] values = new int[points];
        bytes.asIntBuffer().get(values);
        return values;
    }

    private static ByteBuffer perPoint(Path file, int points, int width) {
        ByteBuffer bytes = bytes(file);
        if (bytes.remaining() != (long) points * width) {
            throw new CloudException(file + ": has " + bytes.remaining() + " bytes, but " + points + " points take "
                    + (long) points * width + "; the file is truncated or belongs to another cloud: copy it again");
        }
        return bytes;
    }

    private static ByteBuffer bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CloudException(file + ": no such file; copy it again");
        }
        StandIns.refuse(file);
        try {
            if (Files.size(file) > Integer.MAX_VALUE - 8) {
                throw new CloudException(file + ": is larger than 2 GiB, the most that can be read at once; split it");
            }
            return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * A table of a {@code .npy} file.
     *
     * @param rows number of points; empty where this table decides it
     */
    static NpArray table(Path file, Optional<Integer> rows, int columns) {
        NpArray array = Npy.read(file);
        int[] shape = array.shape();
        boolean flat = columns == 1 && shape.length == 1;
        boolean fits = array.type() != ArrayElement.TEXT
                && (flat || shape.length == 2 && shape[1] == columns)
                && shape[0] > 0
                && rows.map(n -> n == shape[0]).orElse(true);
        if (!fits) {
            throw new CloudException(
                    file + ": expected " + rows.map(String::valueOf).orElse("N") + " rows of " + columns
                            + (columns == 1 ? " number" : " numbers") + ", found "
                            + (array.type() == ArrayElement.TEXT ? "text of " : "") + "the shape "
                            + Arrays.toString(shape)
                            + "; the file is damaged or belongs to another scene: prepare the scene again");
        }
        return array;
    }

    /** Some columns of a table as a table of their own, {@code [N, count]}. */
    static float[] some(NpArray table, int from, int count) {
        int columns = table.dim(1);
        float[] some = new float[table.dim(0) * count];
        for (int i = 0; i < some.length; i++) {
            some[i] = (float) table.doubleAt(i / count * columns + from + i % count);
        }
        return some;
    }

    /**
     * Three columns as colours.
     *
     * @throws CloudException when they are not 0 to 255, but 0 to 1, below 0 or no numbers
     */
    static float[] colours(Path file, NpArray table, int from) {
        float[] colours = some(table, from, 3);
        boolean fractions = false;
        float most = 0;
        for (int i = 0; i < colours.length; i++) {
            float value = colours[i];
            if (!(value >= 0 && value <= 255)) {
                throw new CloudException(file + ": point " + i / 3 + " has a colour of " + value + WHOLE);
            }
            fractions |= value != Math.rint(value);
            most = Math.max(most, value);
        }
        if (fractions && most <= 1) {
            throw new CloudException(file + ": has no colour above " + most + WHOLE);
        }
        return colours;
    }

    /** The first three columns as positions near zero; all points must be kept, because labels count them. */
    static LocalPositions positions(Path file, NpArray table, Consumer<String> warn) {
        int columns = table.dim(1);
        double[] xyz = new double[3 * table.dim(0)];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = table.doubleAt(i / 3 * columns + i % 3);
        }
        return PreparedArrays.positions(file, xyz, warn);
    }
}
