package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;

/**
 * Positions with each axis in an array of its own, so that a loop over points reads along and several points fit a vector.
 *
 * <p>Arrays are not copied: treat as immutable.
 *
 * @param x metres, {@code [points + SPARE]}; not a number behind the last point
 * @param y as {@code x}
 * @param z as {@code x}
 * @since 0.1
 */
public record Axes(float[] x, float[] y, float[] z) {

    /** Places behind the last point that may be read: as many as the longest vectors have lanes. */
    public static final int SPARE = 64;

    /** Room for some points; not a number everywhere. */
    static Axes of(int points) {
        Axes axes = new Axes(new float[points + SPARE], new float[points + SPARE], new float[points + SPARE]);
        Arrays.fill(axes.x, points, points + SPARE, Float.NaN);
        Arrays.fill(axes.y, points, points + SPARE, Float.NaN);
        Arrays.fill(axes.z, points, points + SPARE, Float.NaN);
        return axes;
    }

    /**
     * Copies points out of rows of three.
     *
     * @param xyz {@code [rows, 3]}
     * @param from first row
     * @param points how many
     */
    static Axes of(float[] xyz, int from, int points) {
        Axes axes = of(points);
        for (int i = 0; i < points; i++) {
            axes.x[i] = xyz[3 * (from + i)];
            axes.y[i] = xyz[3 * (from + i) + 1];
            axes.z[i] = xyz[3 * (from + i) + 2];
        }
        return axes;
    }

    /** The same points in another order. */
    Axes reordered(int[] order) {
        Axes axes = of(order.length);
        for (int i = 0; i < order.length; i++) {
            axes.x[i] = x[order[i]];
            axes.y[i] = y[order[i]];
            axes.z[i] = z[order[i]];
        }
        return axes;
    }
}
