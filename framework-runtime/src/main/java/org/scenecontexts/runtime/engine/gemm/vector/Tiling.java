package org.scenecontexts.runtime.engine.gemm.vector;

import static org.scenecontexts.runtime.engine.gemm.vector.Tiles.COLUMNS;
import static org.scenecontexts.runtime.engine.gemm.vector.Tiles.LANES;
import static org.scenecontexts.runtime.engine.gemm.vector.Tiles.PANEL_ROWS;
import static org.scenecontexts.runtime.engine.gemm.vector.Tiles.ROWS;

import java.util.Arrays;

/** Walks the tiles of a band of result rows for one panel of columns and one block of the sum. */
final class Tiling {

    private final int n;
    private final int row;
    private final int rows;
    private final int length;
    private final boolean fresh;
    private final float[] c;
    private final int base;
    private final float[] edge;

    /**
     * @param fresh overwrite the results instead of adding to them
     * @param base where the result matrix starts in {@code c}
     * @param edge scratch for one tile
     */
    Tiling(int n, int row, int rows, int length, boolean fresh, float[] c, int base, float[] edge) {
        this.n = n;
        this.row = row;
        this.rows = rows;
        this.length = length;
        this.fresh = fresh;
        this.c = c;
        this.base = base;
        this.edge = edge;
    }

    /** Left rows at {@code a[a0 + r * stride]}, contiguous in the sum. */
    void rows(float[] a, int a0, int stride, float[] b, int b0, int column) {
        int width = Math.min(COLUMNS, n - column);
        int full = width == COLUMNS || width == LANES ? rows / ROWS * ROWS : 0;
        if (width == COLUMNS) {
            for (int r = 0; r < full; r += ROWS) {
                int i = a0 + r * stride;
                int o = base + (row + r) * n + column;
                Tiles.rows6x2(
                        a,
                        i,
                        i + stride,
                        i + 2 * stride,
                        i + 3 * stride,
                        i + 4 * stride,
                        i + 5 * stride,
                        b,
                        b0,
                        length,
                        fresh,
                        c,
                        o,
                        o + n,
                        o + 2 * n,
                        o + 3 * n,
                        o + 4 * n,
                        o + 5 * n);
            }
        } else if (width == LANES) {
            for (int r = 0; r < full; r += ROWS) {
                int i = a0 + r * stride;
                int o = base + (row + r) * n + column;
                Tiles.rows6x1(
                        a,
                        i,
                        i + stride,
                        i + 2 * stride,
                        i + 3 * stride,
                        i + 4 * stride,
                        i + 5 * stride,
                        b,
                        b0,
                        length,
                        fresh,
                        c,
                        o,
                        o + n,
                        o + 2 * n,
                        o + 3 * n,
                        o + 4 * n,
                        o + 5 * n);
            }
        }
        for (int r = full; r < rows; r += ROWS) {
            int last = rows - 1;
            int i0 = a0 + r * stride;
            int i1 = a0 + Math.min(last, r + 1) * stride;
            int i2 = a0 + Math.min(last, r + 2) * stride;
            int i3 = a0 + Math.min(last, r + 3) * stride;
            int i4 = a0 + Math.min(last, r + 4) * stride;
            int i5 = a0 + Math.min(last, r + 5) * stride;
            if (width <= LANES) {
                Tiles.rows6x1(
                        a,
                        i0,
                        i1,
                        i2,
                        i3,
                        i4,
                        i5,
                        b,
                        b0,
                        length,
                        true,
                        edge,
                        0,
                        COLUMNS,
                        2 * COLUMNS,
                        3 * COLUMNS,
                        4 * COLUMNS,
                        5 * COLUMNS);
            } else {
                Tiles.rows6x2(
                        a,
                        i0,
                        i1,
                        i2,
                        i3,
                        i4,
                        i5,
                        b,
                        b0,
                        length,
                        true,
                        edge,
                        0,
                        COLUMNS,
                        2 * COLUMNS,
                        3 * COLUMNS,
                        4 * COLUMNS,
                        5 * COLUMNS);
            }
            addEdge(r, column, width);
        }
    }

    /** Left rows in panels of {@link Panels#leftTransposed}. */
    void outer(float[] a, float[] b, int b0, int column) {
        int width = Math.min(COLUMNS, n - column);
        for (int r = 0; r < rows; r += ROWS) {
            int i = r / PANEL_ROWS * length * COLUMNS + r % PANEL_ROWS;
            if (width == COLUMNS && r + ROWS <= rows && !fresh) {
                int o = base + (row + r) * n + column;
                Tiles.outer6x2(
                        a, i, i + 1, i + 2, i + 3, i + 4, i + 5, b, b0, length, c, o, o + n, o + 2 * n, o + 3 * n,
                        o + 4 * n, o + 5 * n);
            } else {
                Arrays.fill(edge, 0, ROWS * COLUMNS, 0);
                Tiles.outer6x2(
                        a,
                        i,
                        i + 1,
                        i + 2,
                        i + 3,
                        i + 4,
                        i + 5,
                        b,
                        b0,
                        length,
                        edge,
                        0,
                        COLUMNS,
                        2 * COLUMNS,
                        3 * COLUMNS,
                        4 * COLUMNS,
                        5 * COLUMNS);
                addEdge(r, column, width);
            }
        }
    }

    /** Brings the tile in {@link #edge} where it belongs. */
    private void addEdge(int r, int column, int width) {
        for (int i = r; i < Math.min(rows, r + ROWS); i++) {
            int to = base + (row + i) * n + column;
            int from = (i - r) * COLUMNS;
            if (fresh) {
                System.arraycopy(edge, from, c, to, width);
            } else {
                for (int j = 0; j < width; j++) {
                    c[to + j] += edge[from + j];
                }
            }
        }
    }
}
