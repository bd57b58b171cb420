package org.scenecontexts.runtime.blocks;

import java.util.ArrayList;
import java.util.List;

/** The averages of the rows of a scene: of all points that a row stands for, as their tiles are finished. */
final class RowMeans {

    private final List<float[]> parts = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();

    /**
     * Takes over a tile.
     *
     * @param inverse for each point of the scene its row, or -1
     * @param width numbers per row
     */
    void take(BlockGrid grid, int tile, TileSums sums, int[] inverse, int width) {
        int[] first = new int[grid.size(tile)];
        int count = 0;
        int least = Integer.MAX_VALUE;
        int most = -1;
        for (int slot = 0; slot < first.length; slot++) {
            int row = inverse[grid.point(tile, slot)];
            if (row >= 0 && sums.has(slot)) {
                first[count++] = slot;
                least = Math.min(least, row);
                most = Math.max(most, row);
            }
        }
        if (count == 0) {
            return;
        }
        // The rows of a tile were numbered one after the other.
        float[] means = new float[(most - least + 1) * width];
        int[] points = new int[most - least + 1];
        for (int k = 0; k < count; k++) {
            int row = inverse[grid.point(tile, first[k])] - least;
            points[row]++;
            for (int w = 0; w < width; w++) {
                means[row * width + w] += sums.mean(first[k], w);
            }
        }
        int[] numbers = new int[points.length];
        for (int row = 0; row < points.length; row++) {
            numbers[row] = least + row;
            for (int w = 0; w < width; w++) {
                means[row * width + w] /= Math.max(1, points[row]);
            }
        }
        parts.add(means);
        rows.add(numbers);
    }

    /** {@code [rows, width]}. */
    float[] values(int count, int width) {
        float[] all = new float[Math.multiplyExact(count, width)];
        for (int p = 0; p < parts.size(); p++) {
            System.arraycopy(parts.get(p), 0, all, rows.get(p)[0] * width, parts.get(p).length);
        }
        return all;
    }
}
