package org.scenecontexts.sparseconv.kernel.vector;

import static org.scenecontexts.api.engine.vector.Tiles.COLUMNS;
import static org.scenecontexts.api.engine.vector.Tiles.LANES;
import static org.scenecontexts.api.engine.vector.Tiles.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.scenecontexts.api.engine.vector.Tiles;

/**
 * Packs weight slices into panels of {@link Tiles#COLUMNS} output columns, contiguous along the sum and padded with
 * zeros: {@code [panel][sum][COLUMNS]}. A tile then reads its weights as one stream that stays in L1.
 */
final class WeightPanels {

    /** Values past a packed panel that tiles may touch in their bounds checks, though never use. */
    static final int MARGIN = 3 * COLUMNS;

    private WeightPanels() {}

    /** Number of panels that hold so many columns. */
    static int count(int columns) {
        return (columns + COLUMNS - 1) / COLUMNS;
    }

    /** Packs the matrix {@code [sum, columns]} at {@code from}. */
    static void pack(float[] matrix, int from, int sum, int columns, float[] panels, int to) {
        int at = to;
        for (int first = 0; first < columns; first += COLUMNS) {
            int width = Math.min(COLUMNS, columns - first);
            if (width == COLUMNS) {
                for (int p = 0; p < sum; p++) {
                    int row = from + p * columns + first;
                    FloatVector.fromArray(SPECIES, matrix, row).intoArray(panels, at + p * COLUMNS);
                    FloatVector.fromArray(SPECIES, matrix, row + LANES).intoArray(panels, at + p * COLUMNS + LANES);
                }
            } else {
                Arrays.fill(panels, at, at + sum * COLUMNS, 0);
                for (int p = 0; p < sum; p++) {
                    System.arraycopy(matrix, from + p * columns + first, panels, at + p * COLUMNS, width);
                }
            }
            at += sum * COLUMNS;
        }
    }

    /** Packs the transpose of the matrix {@code [columns, sum]} at {@code from}. */
    static void packTransposed(float[] matrix, int from, int sum, int columns, float[] panels, int to) {
        int at = to;
        for (int first = 0; first < columns; first += COLUMNS) {
            int width = Math.min(COLUMNS, columns - first);
            if (width < COLUMNS) {
                Arrays.fill(panels, at, at + sum * COLUMNS, 0);
            }
            for (int c = 0; c < width; c++) {
                int row = from + (first + c) * sum;
                for (int p = 0; p < sum; p++) {
                    panels[at + c + p * COLUMNS] = matrix[row + p];
                }
            }
            at += sum * COLUMNS;
        }
    }
}
