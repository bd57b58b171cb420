package org.scenecontexts.runtime.blocks;

import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;

/**
 * Lets the voxels of a block lie where they would in the whole scene, also where a backbone counts them from the corner of what
 * it is given: coarse voxels, which join even and odd ones, are then the same in every block.
 */
final class GridPlace {

    private GridPlace() {}

    /**
     * The same rows; unchanged where there is no grid, or something has moved it.
     *
     * @param low lowest corner of the whole scene, {@code [3]}
     */
    static SampledPoints inWhole(SampledPoints points, double[] low) {
        if (!points.hasGrid() || points.size() == 0) {
            return points;
        }
        double inverse = 1 / points.spacing();
        int[] moved = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            moved[axis] = cell(points, 0, axis, inverse) - points.grid()[axis];
        }
        if (moved[0] == 0 && moved[1] == 0 && moved[2] == 0) {
            // Counted from zero: the same everywhere already.
            return points;
        }
        for (int row = 0; row < points.size(); row++) {
            for (int axis = 0; axis < 3; axis++) {
                if (cell(points, row, axis, inverse) - points.grid()[3 * row + axis] != moved[axis]) {
                    return points;
                }
            }
        }
        int[] grid = points.grid().clone();
        for (int i = 0; i < grid.length; i++) {
            // A block lies nowhere below the whole; one that was moved keeps its place.
            int shift = moved[i % 3] - (int) Math.floor(low[i % 3] * inverse);
            if (shift < 0) {
                return points;
            }
            grid[i] += shift;
        }
        return points.withGrid(grid);
    }

    private static int cell(SampledPoints points, int row, int axis, double inverse) {
        return (int) Math.floor(points.scene().positions()[3 * row + axis] * inverse);
    }

    /** Lowest corner of a scene. */
    static double[] low(Scene scene) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (int i = 0; i < scene.positions().length; i++) {
            float value = scene.positions()[i];
            low[i % 3] = Float.isFinite(value) ? Math.min(low[i % 3], value) : low[i % 3];
        }
        return low;
    }
}
