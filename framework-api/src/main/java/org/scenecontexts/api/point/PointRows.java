package org.scenecontexts.api.point;

import org.scenecontexts.api.engine.Buffer;

/**
 * Rows of several scenes, stacked, so that one call of a kernel serves a whole batch: positions, or features where
 * neighbours are sought among those. What {@link Points} is to kernels.
 *
 * <p>Numbers lie on an engine; offsets, a few numbers, on the host. Neither is copied: treat as immutable. Kernels need
 * finite numbers.
 *
 * @param values {@code [offsets[B], columns]}; metres where they are positions
 * @param columns numbers per row, 1 or more
 * @param offsets first row of each scene, {@code [B + 1]}, not decreasing, from 0
 * @since 0.2
 */
public record PointRows(Buffer values, int columns, int[] offsets) {

    /** @throws IllegalArgumentException when offsets and numbers do not fit together */
    public PointRows {
        if (columns < 1) {
            throw new IllegalArgumentException("point rows have at least 1 column, found " + columns);
        }
        checkOffsets(offsets);
        long needed = (long) columns * offsets[offsets.length - 1];
        if (values.capacity() < needed) {
            throw new IllegalArgumentException("point rows [" + offsets[offsets.length - 1] + ", " + columns + "] need "
                    + needed + " numbers, found " + values.capacity());
        }
    }

    /**
     * Refuses what are no offsets of stacked scenes.
     *
     * @throws IllegalArgumentException naming the first that is wrong
     */
    static void checkOffsets(int[] offsets) {
        if (offsets.length == 0 || offsets[0] != 0) {
            throw new IllegalArgumentException("offsets of stacked scenes must start with 0, found "
                    + (offsets.length == 0 ? "none" : "" + offsets[0]));
        }
        for (int b = 1; b < offsets.length; b++) {
            if (offsets[b] < offsets[b - 1]) {
                throw new IllegalArgumentException("offsets of stacked scenes must not decrease, found "
                        + offsets[b - 1] + " before " + offsets[b] + " at scene " + b);
            }
        }
    }

    /** Number of scenes, B. */
    public int scenes() {
        return offsets.length - 1;
    }

    /** Number of rows of all scenes. */
    public int rows() {
        return offsets[offsets.length - 1];
    }

    /** Number of rows of a scene. */
    public int size(int scene) {
        return offsets[scene + 1] - offsets[scene];
    }

    /** The numbers as an array, for kernels on the heap; not copied where they begin one. It may be longer. */
    public float[] array() {
        return values.arrayOffset() == 0 ? values.array() : values.toArray(columns * rows());
    }
}
