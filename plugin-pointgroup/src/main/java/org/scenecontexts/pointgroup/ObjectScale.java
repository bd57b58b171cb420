package org.scenecontexts.pointgroup;

import java.util.Arrays;
import org.scenecontexts.api.data.SampledPoints;

/**
 * What separates objects from noise and from one another at some spacing of points. The most common trouble on own data is
 * that published numbers, which belong to surfaces sampled every 2 cm, are kept where points lie differently (REFERENCE 7.4).
 *
 * @param radius points closer than this belong together, metres
 * @param minPoints groups of fewer rows are noise
 * @param proposePoints groups of so many rows or fewer are no objects
 * @param origin where the numbers come from, for people
 */
record ObjectScale(double radius, int minPoints, int proposePoints, String origin) {

    /** 1.5 voxels of 2 cm: points that touch at a corner of the grid's plane. */
    static final double GAP = 1.5;

    /** No cluster of fewer rows says anything. */
    static final int FEWEST = 5;

    private static final double NOISE_AREA = 50 * 0.02 * 0.02;
    private static final double OBJECT_AREA = 100 * 0.02 * 0.02;

    /** Rows looked at to estimate a spacing. */
    private static final int PROBES = 256;

    /** The published numbers at another spacing: 50 and 100 voxels of 2 cm are areas of 200 and 400 square centimetres. */
    static ObjectScale ofSpacing(double spacing) {
        return new ObjectScale(
                GAP * spacing,
                rows(NOISE_AREA, spacing),
                rows(OBJECT_AREA, spacing),
                "published areas at this spacing");
    }

    private static int rows(double area, double spacing) {
        return Math.max(FEWEST, (int) Math.round(area / (spacing * spacing)));
    }

    /** Distance between neighbouring rows, metres: that of the grid, or from typical rows to their nearest other row. */
    static double spacing(SampledPoints points) {
        if (points.hasGrid()) {
            return points.spacing();
        }
        int rows = points.size();
        int probes = Math.min(PROBES, rows);
        double[] nearest = new double[probes];
        for (int p = 0; p < probes; p++) {
            nearest[p] = Math.sqrt(nearest(points.scene().positions(), probe(p, probes, rows)));
        }
        Arrays.sort(nearest);
        double median = probes == 0 ? 1 : nearest[probes / 2];
        // Points drawn by chance lie closer in places than on average: twice the median spans the gaps.
        return Double.isFinite(median) ? 2 * median : 1;
    }

    /** One of so many rows, spread evenly. */
    static int probe(int number, int probes, int rows) {
        return (int) ((long) number * rows / probes);
    }

    private static double nearest(float[] positions, int at) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < positions.length / 3; i++) {
            double squared = squaredDistance(positions, at, i);
            // Rows that were drawn twice say nothing about the spacing.
            best = squared > 0 && squared < best ? squared : best;
        }
        return best;
    }

    /** Between two rows. */
    static double squaredDistance(float[] positions, int a, int b) {
        double dx = positions[3 * a] - positions[3 * b];
        double dy = positions[3 * a + 1] - positions[3 * b + 1];
        double dz = positions[3 * a + 2] - positions[3 * b + 2];
        return dx * dx + dy * dy + dz * dz;
    }
}
