package org.scenecontexts.runtime.engine.gemm.vector;

import static org.scenecontexts.api.engine.vector.OuterTile.PANEL_ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.COLUMNS;
import static org.scenecontexts.api.engine.vector.Tiles.LANES;
import static org.scenecontexts.api.engine.vector.Tiles.ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.ROW_STRIDE;
import static org.scenecontexts.api.engine.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.scenecontexts.api.engine.vector.OuterTile;
import org.scenecontexts.api.engine.vector.Tiles;

/** Copies parts of a product's operands into the order in which the tiles read them. */
final class Panels {

    private Panels() {}

    /** Values past a packed panel that tiles may touch in their bounds checks, though never use. */
    static final int MARGIN = 3 * COLUMNS;

    /** Number of panels that hold so many columns. */
    static int count(int columns) {
        return (columns + COLUMNS - 1) / COLUMNS;
    }

    /**
     * Packs one panel {@code [sum, COLUMNS]} of the right operand; columns past the last are zero.
     *
     * @param transposed {@code b} is stored {@code [columns, stride]} instead of {@code [sum, stride]}
     * @param stride values from one stored row of {@code b} to the next
     * @param p first index of the sum
     * @param length indices of the sum
     */
    static void right(
            float[] b, boolean transposed, int stride, int p, int length, int column, int columns, float[] to, int at) {
        int width = Math.min(COLUMNS, columns - column);
        if (width < COLUMNS) {
            java.util.Arrays.fill(to, at, at + length * COLUMNS, 0);
        }
        if (transposed) {
            for (int c = 0; c < width; c++) {
                int row = (column + c) * stride + p;
                for (int i = 0; i < length; i++) {
                    to[at + c + i * COLUMNS] = b[row + i];
                }
            }
        } else if (width == COLUMNS) {
            for (int i = 0; i < length; i++) {
                int row = (p + i) * stride + column;
                FloatVector.fromArray(SPECIES, b, row).intoArray(to, at + i * COLUMNS);
                FloatVector.fromArray(SPECIES, b, row + LANES).intoArray(to, at + i * COLUMNS + LANES);
            }
        } else {
            for (int i = 0; i < length; i++) {
                System.arraycopy(b, (p + i) * stride + column, to, at + i * COLUMNS, width);
            }
        }
    }

    /** Values to reserve for {@link #left}: whole tiles of rows, and the distance before the first. */
    static int leftSize(int rows) {
        return ((rows + ROWS - 1) / ROWS * ROWS + 1) * ROW_STRIDE;
    }

    /** Copies rows of a left operand stored {@code [rows, stride]} to distances of {@link Tiles#ROW_STRIDE}. */
    static void left(float[] a, int stride, int p, int length, int row, int rows, float[] to) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(a, (row + r) * stride + p, to, (r + 1) * ROW_STRIDE, length);
        }
    }

    /** Values to reserve for {@link #leftTransposed}. */
    static int leftTransposedSize(int rows, int length) {
        return (rows + PANEL_ROWS - 1) / PANEL_ROWS * length * COLUMNS + MARGIN;
    }

    /**
     * Packs rows {@code row .. row + rows} of a left operand stored {@code [sum, m]} into {@code [panel][sum][COLUMNS]},
     * {@link OuterTile#PANEL_ROWS} rows to a panel. Whole vectors are copied; what they hold past the last row are other
     * values, whose sums no one reads.
     */
    static void leftTransposed(float[] a, int m, int p, int length, int row, int rows, float[] to) {
        int panels = (rows + PANEL_ROWS - 1) / PANEL_ROWS;
        int lastSafe = a.length - ((panels - 1) * PANEL_ROWS + COLUMNS);
        for (int i = 0; i < length; i++) {
            int from = (p + i) * m + row;
            for (int panel = 0; panel < panels; panel++) {
                int first = panel * PANEL_ROWS;
                int at = (panel * length + i) * COLUMNS;
                if (from <= lastSafe) {
                    FloatVector.fromArray(SPECIES, a, from + first).intoArray(to, at);
                    FloatVector.fromArray(SPECIES, a, from + first + LANES).intoArray(to, at + LANES);
                } else {
                    System.arraycopy(a, from + first, to, at, Math.min(PANEL_ROWS, rows - first));
                }
            }
        }
    }
}
