package org.scenecontexts.kernels.tile;

import java.util.Objects;

/**
 * Refuses arguments of {@link TileProducts} that reach outside their arrays; implementations rely on it.
 *
 * @since 0.1
 */
public final class TileBounds {

    private TileBounds() {}

    /**
     * Checks a call of {@link TileProducts.Operands#rows}.
     *
     * @param width columns of a panel
     * @throws IndexOutOfBoundsException naming what lies outside
     */
    public static void rows(
            TileWorkspace at,
            int rows,
            int panel,
            int stride,
            int columns,
            int length,
            int width,
            float[] left,
            float[] right,
            float[] result) {
        Objects.checkFromToIndex(0, rows, TileProducts.MAX_OFFSETS);
        Objects.checkFromToIndex(0, length, TileProducts.MAX_LENGTH);
        if (rows == 0 || columns == 0) {
            return;
        }
        int last = Math.addExact(panel, Math.multiplyExact((columns - 1) / width, stride));
        inside("the first panel", panel, panel, length * width, right);
        inside("the last panel", last, last, length * width, right);
        inside("a left row", least(at.left(), rows), most(at.left(), rows), length, left);
        inside("a result row", least(at.result(), rows), most(at.result(), rows), columns, result);
    }

    /**
     * Checks a call of {@link TileProducts.Operands#outer}.
     *
     * @throws IndexOutOfBoundsException naming what lies outside
     */
    public static void outer(
            TileWorkspace at,
            int length,
            int rows,
            int columns,
            int to,
            int stride,
            float[] left,
            float[] right,
            float[] result) {
        Objects.checkFromToIndex(0, length, TileProducts.MAX_OFFSETS);
        if (rows == 0 || columns == 0) {
            return;
        }
        int last = Math.addExact(to, Math.multiplyExact(rows - 1, stride));
        inside("the result", to, last, columns, result);
        if (length > 0) {
            inside("the left values of a step", least(at.left(), length), most(at.left(), length), rows, left);
            inside("the right values of a step", least(at.right(), length), most(at.right(), length), columns, right);
        }
    }

    private static void inside(String what, int first, int last, int length, float[] array) {
        if (first < 0 || length < 0 || last < first || (long) last + length > array.length) {
            throw new IndexOutOfBoundsException(what + " lies at " + first + " to " + ((long) last + length)
                    + ", expected within 0 to " + array.length + "; check the map and the shapes of the operands");
        }
    }

    private static int least(int[] values, int count) {
        int least = values[0];
        for (int i = 1; i < count; i++) {
            least = Math.min(least, values[i]);
        }
        return least;
    }

    private static int most(int[] values, int count) {
        int most = values[0];
        for (int i = 1; i < count; i++) {
            most = Math.max(most, values[i]);
        }
        return most;
    }
}
