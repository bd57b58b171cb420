package org.scenecontexts.engine.cpu.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.LayoutKernels;

/** Moves numbers in squares that fit the first-level cache. */
final class CpuLayout implements LayoutKernels {

    private static final int SQUARE = 32;

    private final Parallel parallel;

    CpuLayout(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out) {
        float[] source = x.array();
        float[] target = out.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset();
        int bands = Pieces.count(rows, SQUARE);
        // Bands of rows of all matrices, so that many small ones share a piece.
        int perPiece = Math.max(1, Pieces.NUMBERS / Math.max(1, Math.min(rows, SQUARE) * columns * inner));
        parallel.rows(outer * bands, perPiece, (first, end) -> {
            for (int band = first; band < end; band++) {
                int matrix = band / bands * rows * columns * inner;
                int from = band % bands * SQUARE;
                int to = Math.min(rows, from + SQUARE);
                band(source, atX + matrix, target, atOut + matrix, from, to, rows, columns, inner);
            }
        });
    }

    private static void band(
            float[] x, int atX, float[] out, int atOut, int from, int to, int rows, int columns, int inner) {
        for (int left = 0; left < columns; left += SQUARE) {
            int right = Math.min(columns, left + SQUARE);
            for (int i = from; i < to; i++) {
                for (int j = left; j < right; j++) {
                    int source = atX + (i * columns + j) * inner;
                    int target = atOut + (j * rows + i) * inner;
                    if (inner == 1) {
                        out[target] = x[source];
                    } else {
                        System.arraycopy(x, source, out, target, inner);
                    }
                }
            }
        }
    }
}
