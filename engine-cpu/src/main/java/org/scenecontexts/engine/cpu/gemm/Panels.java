package org.scenecontexts.engine.cpu.gemm;

import java.util.Arrays;

/** Copies operands of a matrix product to where tiles read them as one stream. */
final class Panels {

    /** From one packed left row to the next, beyond its length: rows do not compete for the same cache lines. */
    static final int LEFT_PADDING = 16;

    private Panels() {}

    /**
     * Packs one panel of a right operand: {@code [length][width]}, with zeros beyond the last column.
     *
     * @param base where the operand begins in {@code b}
     * @param transposed {@code b} is stored {@code [n, stride]} instead of {@code [k, stride]}
     * @param p first index of the sum
     * @param columns columns of the panel that exist
     * @param width columns of a panel
     */
    static void right(
            float[] b,
            int base,
            boolean transposed,
            int stride,
            int p,
            int length,
            int column,
            int columns,
            int width,
            float[] to,
            int at) {
        if (columns < width) {
            Arrays.fill(to, at, at + length * width, 0);
        }
        if (transposed) {
            for (int c = 0; c < columns; c++) {
                int row = base + (column + c) * stride + p;
                for (int i = 0; i < length; i++) {
                    to[at + c + i * width] = b[row + i];
                }
            }
        } else {
            for (int i = 0; i < length; i++) {
                System.arraycopy(b, base + (p + i) * stride + column, to, at + i * width, columns);
            }
        }
    }

    /** Copies rows of a left operand stored {@code [rows, stride]}, {@code length + LEFT_PADDING} apart. */
    static void left(float[] a, int base, int stride, int p, int length, int row, int rows, float[] to) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(a, base + (row + r) * stride + p, to, r * (length + LEFT_PADDING), length);
        }
    }

    /** As {@link #left} from a left operand stored {@code [sum, m]}. */
    static void leftTransposed(float[] a, int base, int m, int p, int length, int row, int rows, float[] to) {
        for (int i = 0; i < length; i++) {
            int from = base + (p + i) * m + row;
            for (int r = 0; r < rows; r++) {
                to[r * (length + LEFT_PADDING) + i] = a[from + r];
            }
        }
    }
}
