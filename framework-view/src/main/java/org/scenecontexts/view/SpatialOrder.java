package org.scenecontexts.view;

import java.util.Arrays;

/**
 * The order of points along a curve that fills space, in which neighbours of the list are neighbours in space: differences of
 * positions are small and compress well, and every k-th point is an even sample of the cloud.
 */
final class SpatialOrder {

    /** Bits per axis of the cells; with three axes 36, which leaves 27 for the number of a point. */
    private static final int BITS = 12;

    private static final int INDEX_BITS = 27;

    private SpatialOrder() {}

    /**
     * Points in order.
     *
     * @param positions {@code [N, 3]}
     * @param low least position per axis, {@code [3]}
     * @param side length per axis, {@code [3]}
     * @param most at most so many points, evenly chosen
     * @throws IllegalArgumentException for more than 134 million points
     */
    static int[] of(float[] positions, double[] low, double[] side, int most) {
        int n = positions.length / 3;
        if (n > 1 << INDEX_BITS) {
            throw new IllegalArgumentException(n + " points are more than a page can be made of; split the cloud");
        }
        double cell = Math.max(Math.max(side[0], side[1]), Math.max(side[2], Double.MIN_NORMAL)) / ((1 << BITS) - 1);
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            long code = 0;
            for (int axis = 0; axis < 3; axis++) {
                int at = (int) Math.clamp((positions[3 * i + axis] - low[axis]) / cell, 0.0, (1 << BITS) - 1.0);
                code |= spread(at) << axis;
            }
            keys[i] = code << INDEX_BITS | i;
        }
        Arrays.sort(keys);
        int kept = Math.min(n, most);
        int[] order = new int[kept];
        for (int i = 0; i < kept; i++) {
            order[i] = (int) (keys[(int) ((long) i * n / kept)] & (1 << INDEX_BITS) - 1);
        }
        return order;
    }

    /** The bits of a number with two zeros after each. */
    private static long spread(int value) {
        long spread = 0;
        for (int bit = 0; bit < BITS; bit++) {
            spread |= (long) (value >> bit & 1) << 3 * bit;
        }
        return spread;
    }
}
