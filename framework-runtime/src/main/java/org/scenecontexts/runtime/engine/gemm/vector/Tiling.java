package org.scenecontexts.runtime.engine.gemm.vector;

import static org.scenecontexts.api.engine.vector.OuterTile.PANEL_ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.COLUMNS;
import static org.scenecontexts.api.engine.vector.Tiles.LANES;
import static org.scenecontexts.api.engine.vector.Tiles.ROWS;
import static org.scenecontexts.api.engine.vector.Tiles.ROW_STRIDE;

import org.scenecontexts.api.engine.vector.OuterTile;
import org.scenecontexts.api.engine.vector.Tiles;

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

    /** Left rows as {@link Panels#left} packs them. */
    void rows(float[] a, float[] b, int b0, int column) {
        int width = Math.min(COLUMNS, n - column);
        for (int r = 0; r < rows; r += ROWS) {
            int a0 = r * ROW_STRIDE;
            if (r + ROWS <= rows && (width == COLUMNS || width == LANES)) {
                int o = base + (row + r) * n + column;
                if (width == COLUMNS) {
                    Tiles.rows6x2(a, a0, b, b0, length, fresh, c, o, o + n, o + 2 * n, o + 3 * n, o + 4 * n, o + 5 * n);
                } else {
                    Tiles.rows6x1(a, a0, b, b0, length, fresh, c, o, o + n, o + 2 * n, o + 3 * n, o + 4 * n, o + 5 * n);
                }
            } else {
                int w = COLUMNS;
                if (width > LANES) {
                    Tiles.rows6x2(a, a0, b, b0, length, true, edge, 0, w, 2 * w, 3 * w, 4 * w, 5 * w);
                } else {
                    Tiles.rows6x1(a, a0, b, b0, length, true, edge, 0, w, 2 * w, 3 * w, 4 * w, 5 * w);
                }
                addEdge(r, column, width);
            }
        }
    }

    /** Left rows in panels of {@link Panels#leftTransposed}. */
    void outer(float[] a, float[] b, int b0, int column) {
        int width = Math.min(COLUMNS, n - column);
        for (int r = 0; r < rows; r += ROWS) {
            int i = r / PANEL_ROWS * length * COLUMNS + r % PANEL_ROWS;
            if (width == COLUMNS && r + ROWS <= rows) {
                int o = base + (row + r) * n + column;
                OuterTile.outer6x2(a, i, b, b0, length, fresh, c, o, o + n, o + 2 * n, o + 3 * n, o + 4 * n, o + 5 * n);
            } else {
                int w = COLUMNS;
                OuterTile.outer6x2(a, i, b, b0, length, true, edge, 0, w, 2 * w, 3 * w, 4 * w, 5 * w);
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
