package org.scenecontexts.sparseconv.kernel.tiled;

import java.util.Arrays;

/**
 * Packs weight slices into panels of output columns, contiguous along the sum and padded with zeros:
 * {@code [panel][sum][width]}. A tile then reads its weights as one stream that stays in L1.
 */
final class WeightPanels {

    private WeightPanels() {}

    /** Packs the matrix {@code [sum, columns]} at {@code from} into panels of {@code width} columns. */
    static void pack(float[] matrix, int from, int sum, int columns, int width, float[] panels, int to) {
        int at = to;
        for (int first = 0; first < columns; first += width) {
            int count = padded(columns - first, sum, width, panels, at);
            for (int p = 0; p < sum; p++) {
                System.arraycopy(matrix, from + p * columns + first, panels, at + p * width, count);
            }
            at += sum * width;
        }
    }

    /** Packs the transpose of the matrix {@code [columns, sum]} at {@code from} into panels of {@code width} columns. */
    static void packTransposed(float[] matrix, int from, int sum, int columns, int width, float[] panels, int to) {
        int at = to;
        for (int first = 0; first < columns; first += width) {
            int count = padded(columns - first, sum, width, panels, at);
            for (int c = 0; c < count; c++) {
                int row = from + (first + c) * sum;
                for (int p = 0; p < sum; p++) {
                    panels[at + c + p * width] = matrix[row + p];
                }
            }
            at += sum * width;
        }
    }

    /** Columns of the panel at {@code at}, which is cleared if there are fewer than it has room for. */
    private static int padded(int remaining, int sum, int width, float[] panels, int at) {
        if (remaining < width) {
            Arrays.fill(panels, at, at + sum * width, 0);
            return remaining;
        }
        return width;
    }
}
