package org.scenecontexts.kernels.tile;

/**
 * Sums products in plain Java: the measure of the other implementations, and what runs where there is no other.
 *
 * @since 0.1
 */
public final class ScalarTileProducts implements TileProducts {

    private static final int COLUMNS = 16;

    private final TileWorkspaces<TileWorkspace> workspaces = new TileWorkspaces<>(TileWorkspace::new);

    @Override
    public String name() {
        return "scalar";
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
        workspaces.give(workspace);
    }

    @Override
    public Operands bind(float[] left, float[] right, float[] result) {
        return new Arrays(left, right, result);
    }

    private record Arrays(float[] left, float[] right, float[] result) implements Operands {

        @Override
        public void rows(TileWorkspace at, int rows, int panel, int stride, int columns, int length, boolean fresh) {
            TileBounds.rows(at, rows, panel, stride, columns, length, COLUMNS, left, right, result);
            for (int i = 0; i < rows; i++) {
                int to = at.result()[i];
                int from = at.left()[i];
                for (int j = 0; j < columns; j++) {
                    int column = panel + j / COLUMNS * stride + j % COLUMNS;
                    float sum = fresh ? 0 : result[to + j];
                    for (int p = 0; p < length; p++) {
                        sum += left[from + p] * right[column + p * COLUMNS];
                    }
                    result[to + j] = sum;
                }
            }
        }

        @Override
        public void outer(TileWorkspace at, int length, int rows, int columns, int to, int stride, boolean fresh) {
            TileBounds.outer(at, length, rows, columns, to, stride, left, right, result);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    int c = to + i * stride + j;
                    float sum = fresh ? 0 : result[c];
                    for (int p = 0; p < length; p++) {
                        sum += left[at.left()[p] + i] * right[at.right()[p] + j];
                    }
                    result[c] = sum;
                }
            }
        }
    }
}
