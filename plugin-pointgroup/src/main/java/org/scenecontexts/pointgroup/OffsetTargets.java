package org.scenecontexts.pointgroup;

import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.data.PointBatch;

/**
 * Where the rows of a batch should point: from each row of an object to the object's centre (REFERENCE 7.2, 7.3).
 *
 * <p>Rows lie where the network sees them: on the voxel grid after augmentation where there is one, else at their points. The
 * centre is the mean of the rows of the object, so with few labelled points it is the mean of the labelled ones.
 *
 * @param offsets metres, {@code [M, 3]}; zeros where a row belongs to no object
 * @param objects whether a row belongs to an object, {@code [M]}
 * @param count number of such rows
 */
record OffsetTargets(float[] offsets, boolean[] objects, int count) {

    private static final class Sum {
        private double x;
        private double y;
        private double z;
        private int rows;
    }

    /** @param stuff for each class whether it has no objects, {@code [K]} */
    static OffsetTargets of(PointBatch points, boolean[] stuff) {
        int rows = points.rows();
        float[] places = places(points);
        boolean[] objects = new boolean[rows];
        int count = 0;
        Map<Long, Sum> sums = new HashMap<>();
        for (int b = 0; b < points.scenes(); b++) {
            for (int row = points.offsets()[b]; row < points.offsets()[b + 1]; row++) {
                int label = points.labels()[row];
                objects[row] = label >= 0 && !stuff[label] && points.instances()[row] >= 0;
                if (objects[row]) {
                    count++;
                    Sum sum = sums.computeIfAbsent(key(b, points.instances()[row]), object -> new Sum());
                    sum.x += places[3 * row];
                    sum.y += places[3 * row + 1];
                    sum.z += places[3 * row + 2];
                    sum.rows++;
                }
            }
        }
        float unit = points.grid().length > 0 ? (float) points.spacing() : 1;
        float[] offsets = new float[3 * rows];
        for (int b = 0; b < points.scenes(); b++) {
            for (int row = points.offsets()[b]; row < points.offsets()[b + 1]; row++) {
                if (objects[row]) {
                    Sum sum = sums.get(key(b, points.instances()[row]));
                    offsets[3 * row] = ((float) (sum.x / sum.rows) - places[3 * row]) * unit;
                    offsets[3 * row + 1] = ((float) (sum.y / sum.rows) - places[3 * row + 1]) * unit;
                    offsets[3 * row + 2] = ((float) (sum.z / sum.rows) - places[3 * row + 2]) * unit;
                }
            }
        }
        return new OffsetTargets(offsets, objects, count);
    }

    private static long key(int scene, int instance) {
        return (long) scene << 32 | instance;
    }

    /** Voxel coordinates where there are any, else metres, {@code [M, 3]}. */
    static float[] places(PointBatch points) {
        int[] grid = points.grid();
        if (grid.length == 0) {
            return points.positions();
        }
        float[] places = new float[3 * points.rows()];
        for (int row = 0; row < points.rows(); row++) {
            for (int axis = 0; axis < 3; axis++) {
                places[3 * row + axis] = grid[4 * row + 1 + axis];
            }
        }
        return places;
    }
}
