package org.scenecontexts.kernels.vector;

import static org.scenecontexts.kernels.vector.OuterTile.PANEL_ROWS;
import static org.scenecontexts.kernels.vector.Tiles.COLUMNS;
import static org.scenecontexts.kernels.vector.Tiles.LANES;
import static org.scenecontexts.kernels.vector.Tiles.ROWS;
import static org.scenecontexts.kernels.vector.Tiles.ROW_STRIDE;
import static org.scenecontexts.kernels.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.scenecontexts.kernels.tile.TileBounds;
import org.scenecontexts.kernels.tile.TileProducts;
import org.scenecontexts.kernels.tile.TileWorkspace;
import org.scenecontexts.kernels.tile.TileWorkspaces;

/**
 * Sums products with register tiles of the Vector API. Rows are copied to where the tiles expect them; a copy serves
 * every panel.
 *
 * @since 0.1
 */
public final class VectorTileProducts implements TileProducts {

    /** Values past a packed panel that tiles may touch in their bounds checks, though never use. */
    private static final int MARGIN = 3 * COLUMNS;

    /** Left values of one step that are packed at a time. */
    private static final int MAX_OUTER_ROWS = 8 * PANEL_ROWS;

    private final TileWorkspaces<Workspace> workspaces = new TileWorkspaces<>(Workspace::new);

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public TileWorkspace take() {
        return workspaces.take();
    }

    @Override
    public void give(TileWorkspace workspace) {
        workspaces.give((Workspace) workspace);
    }

    @Override
    public Operands bind(float[] left, float[] right, float[] result) {
        return new Arrays(left, right, result);
    }

    /** Room for packed rows, for one panel and for the tiles at edges. */
    private static final class Workspace extends TileWorkspace {
        private final float[] rows = new float[(MAX_OFFSETS + ROWS) * ROW_STRIDE];
        private final float[] panel = new float[MAX_OFFSETS * COLUMNS + MARGIN];
        private final float[] edge = new float[ROWS * COLUMNS];
    }

    private record Arrays(float[] left, float[] right, float[] result) implements Operands {

        @Override
        public void rows(TileWorkspace at, int rows, int panel, int stride, int columns, int length, boolean fresh) {
            TileBounds.rows(at, rows, panel, stride, columns, length, COLUMNS, left, right, result);
            Workspace w = (Workspace) at;
            gather(w, rows, length);
            for (int column = 0; column < columns; column += COLUMNS) {
                panel(
                        w,
                        rows,
                        panel + column / COLUMNS * stride,
                        column,
                        Math.min(COLUMNS, columns - column),
                        length,
                        fresh);
            }
        }

        private void gather(Workspace w, int rows, int length) {
            int vectors = length / LANES * LANES;
            for (int i = 0; i < rows; i++) {
                int row = w.left()[i];
                int to = (i + 1) * ROW_STRIDE;
                for (int p = 0; p < vectors; p += LANES) {
                    FloatVector.fromArray(SPECIES, left, row + p).intoArray(w.rows, to + p);
                }
                for (int p = vectors; p < length; p++) {
                    w.rows[to + p] = left[row + p];
                }
            }
        }

        private void panel(Workspace w, int rows, int from, int column, int width, int length, boolean fresh) {
            int[] to = w.result();
            float[] b = right;
            int b0 = from;
            if (from + length * COLUMNS + MARGIN > right.length) {
                System.arraycopy(right, from, w.panel, 0, length * COLUMNS);
                b = w.panel;
                b0 = 0;
            }
            for (int i = 0; i < rows; i += ROWS) {
                int a0 = i * ROW_STRIDE;
                boolean whole = i + ROWS <= rows;
                if (whole && width == COLUMNS) {
                    Tiles.rows6x2(
                            w.rows,
                            a0,
                            b,
                            b0,
                            length,
                            fresh,
                            result,
                            to[i] + column,
                            to[i + 1] + column,
                            to[i + 2] + column,
                            to[i + 3] + column,
                            to[i + 4] + column,
                            to[i + 5] + column);
                } else if (whole && width == LANES) {
                    Tiles.rows6x1(
                            w.rows,
                            a0,
                            b,
                            b0,
                            length,
                            fresh,
                            result,
                            to[i] + column,
                            to[i + 1] + column,
                            to[i + 2] + column,
                            to[i + 3] + column,
                            to[i + 4] + column,
                            to[i + 5] + column);
                } else {
                    int c = COLUMNS;
                    if (width <= LANES) {
                        Tiles.rows6x1(w.rows, a0, b, b0, length, true, w.edge, 0, c, 2 * c, 3 * c, 4 * c, 5 * c);
                    } else {
                        Tiles.rows6x2(w.rows, a0, b, b0, length, true, w.edge, 0, c, 2 * c, 3 * c, 4 * c, 5 * c);
                    }
                    for (int r = 0; r < Math.min(ROWS, rows - i); r++) {
                        bring(w.edge, r * COLUMNS, to[i + r] + column, width, fresh);
                    }
                }
            }
        }

        @Override
        public void outer(TileWorkspace at, int length, int rows, int columns, int to, int stride, boolean fresh) {
            TileBounds.outer(at, length, rows, columns, to, stride, left, right, result);
            if (columns == 0) {
                return;
            }
            Workspace w = (Workspace) at;
            for (int row = 0; row < rows; row += MAX_OUTER_ROWS) {
                int count = Math.min(MAX_OUTER_ROWS, rows - row);
                packLeft(w, length, row, count);
                for (int column = 0; column < columns; column += COLUMNS) {
                    int width = Math.min(COLUMNS, columns - column);
                    packRight(w, length, column, width);
                    outerPanel(w, length, count, width, to + row * stride + column, stride, fresh);
                }
            }
        }

        /** Into {@code [panel][step][COLUMNS]}, {@link OuterTile#PANEL_ROWS} values to a panel. */
        private void packLeft(Workspace w, int length, int row, int rows) {
            for (int p = 0; p < length; p++) {
                int from = w.left()[p] + row;
                for (int r = 0; r < rows; r += PANEL_ROWS) {
                    int to = (r / PANEL_ROWS * length + p) * COLUMNS;
                    if (from + r + COLUMNS <= left.length) {
                        FloatVector.fromArray(SPECIES, left, from + r).intoArray(w.rows, to);
                        FloatVector.fromArray(SPECIES, left, from + r + LANES).intoArray(w.rows, to + LANES);
                    } else {
                        System.arraycopy(left, from + r, w.rows, to, Math.min(PANEL_ROWS, rows - r));
                    }
                }
            }
        }

        private void packRight(Workspace w, int length, int column, int width) {
            for (int p = 0; p < length; p++) {
                int from = w.right()[p] + column;
                if (width == COLUMNS) {
                    FloatVector.fromArray(SPECIES, right, from).intoArray(w.panel, p * COLUMNS);
                    FloatVector.fromArray(SPECIES, right, from + LANES).intoArray(w.panel, p * COLUMNS + LANES);
                } else {
                    System.arraycopy(right, from, w.panel, p * COLUMNS, width);
                }
            }
        }

        private void outerPanel(Workspace w, int length, int rows, int width, int to, int stride, boolean fresh) {
            for (int r = 0; r < rows; r += ROWS) {
                int a0 = r / PANEL_ROWS * length * COLUMNS + r % PANEL_ROWS;
                int c = to + r * stride;
                if (r + ROWS <= rows && width == COLUMNS) {
                    OuterTile.outer6x2(
                            w.rows,
                            a0,
                            w.panel,
                            0,
                            length,
                            fresh,
                            result,
                            c,
                            c + stride,
                            c + 2 * stride,
                            c + 3 * stride,
                            c + 4 * stride,
                            c + 5 * stride);
                } else {
                    int e = COLUMNS;
                    OuterTile.outer6x2(w.rows, a0, w.panel, 0, length, true, w.edge, 0, e, 2 * e, 3 * e, 4 * e, 5 * e);
                    for (int i = 0; i < Math.min(ROWS, rows - r); i++) {
                        bring(w.edge, i * COLUMNS, c + i * stride, width, fresh);
                    }
                }
            }
        }

        private void bring(float[] edge, int from, int to, int count, boolean fresh) {
            if (fresh) {
                System.arraycopy(edge, from, result, to, count);
            } else {
                for (int j = 0; j < count; j++) {
                    result[to + j] += edge[from + j];
                }
            }
        }
    }
}
