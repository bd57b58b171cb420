package org.scenecontexts.runtime.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scenecontexts.io.cloud.Up;

/**
 * What tells the frame of a scene: how large it is, and how its points lie along the axis that is taken for up. Some
 * thousand points, taken at equal steps, stand for all; the outermost percent on each side is left out.
 *
 * @param size longest side, metres
 * @param profile figures that do not depend on the unit or the place: logarithm of height by the longer horizontal side,
 *     heights below which 10, 25, 50, 75 and 90 percent of the points lie (0 to 1), the share of points in the fullest
 *     fiftieth of the height, which floors and table tops fill
 * @param middle height of the middle above the origin, in sizes: sensors' frames begin at the sensor
 */
record SceneShape(double size, List<Double> profile, double middle) {

    private static final int SAMPLED = 4096;
    private static final int SLABS = 50;
    private static final double[] LEVELS = {0.1, 0.25, 0.5, 0.75, 0.9};

    /** Number of profile figures. */
    static final int FIGURES = LEVELS.length + 2;

    /** Below this, metres, a side has no length. */
    private static final double NOTHING = 1e-6;

    SceneShape {
        profile = List.copyOf(profile);
    }

    /**
     * Measures a scene.
     *
     * @param positions {@code [N, 3]}; those that are not finite are passed over
     * @param up which axis of the positions is taken for up
     */
    static SceneShape of(float[] positions, Up up) {
        float[] some = up.turned(sampled(positions));
        float[] x = sorted(some, 0);
        float[] y = sorted(some, 1);
        float[] z = sorted(some, 2);
        double across = Math.max(length(x), length(y));
        double height = length(z);
        double size = Math.max(across, height);
        double floor = at(z, 0.01);
        List<Double> profile = new ArrayList<>();
        profile.add(Math.log(Math.max(height, NOTHING) / Math.max(across, NOTHING)));
        for (double level : LEVELS) {
            profile.add(height < NOTHING ? 0.5 : (at(z, level) - floor) / height);
        }
        profile.add(fullestSlab(z, floor, height));
        return new SceneShape(size, profile, size < NOTHING ? 0 : (floor + height / 2) / size);
    }

    private static float[] sampled(float[] positions) {
        int n = positions.length / 3;
        int wanted = Math.min(n, SAMPLED);
        float[] some = new float[3 * wanted];
        int count = 0;
        for (int i = 0; i < wanted; i++) {
            int from = 3 * (int) ((long) i * n / wanted);
            if (Float.isFinite(positions[from])
                    && Float.isFinite(positions[from + 1])
                    && Float.isFinite(positions[from + 2])) {
                System.arraycopy(positions, from, some, 3 * count++, 3);
            }
        }
        return Arrays.copyOf(some, 3 * count);
    }

    private static float[] sorted(float[] rows, int axis) {
        float[] values = new float[rows.length / 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[3 * i + axis];
        }
        Arrays.sort(values);
        return values;
    }

    private static double length(float[] sorted) {
        return at(sorted, 0.99) - at(sorted, 0.01);
    }

    private static double at(float[] sorted, double level) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.round(level * (sorted.length - 1))];
    }

    private static double fullestSlab(float[] z, double floor, double height) {
        int[] slabs = new int[SLABS];
        int inside = 0;
        for (float value : z) {
            int slab = (int) Math.floor((value - floor) / Math.max(height, NOTHING) * SLABS);
            if (slab >= 0 && slab < SLABS) {
                slabs[slab]++;
                inside++;
            }
        }
        return inside == 0 ? 0 : (double) Arrays.stream(slabs).max().orElse(0) / inside;
    }
}
