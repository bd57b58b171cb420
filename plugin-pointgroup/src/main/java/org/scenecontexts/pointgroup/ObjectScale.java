package org.scenecontexts.pointgroup;

import java.util.Arrays;
import org.scenecontexts.api.data.SampledPoints;

/**
 * What the published numbers mean at another spacing: 1.5 voxels, 50 and 100 voxels belong to surfaces sampled every 2 cm
 * (REFERENCE 7.4), so to a gap of 3 cm and to areas of 200 and 400 square centimetres.
 *
 * <p>The most common trouble on own data is that these numbers are kept where points lie differently.
 *
 * @param spacing distance between neighbouring rows, metres
 */
record ObjectScale(double spacing) {

    private static final double GAP = 1.5;
    private static final double NOISE_AREA = 50 * 0.02 * 0.02;
    private static final double OBJECT_AREA = 100 * 0.02 * 0.02;
    private static final int FEWEST = 5;

    /** Rows looked at to estimate a spacing. */
    private static final int PROBES = 256;

    /** The spacing of a grid, or the median distance from a row to its nearest other row. */
    static ObjectScale of(SampledPoints points) {
        if (points.hasGrid()) {
            return new ObjectScale(points.spacing());
        }
        int rows = points.size();
        int probes = Math.min(PROBES, rows);
        float[] positions = points.scene().positions();
        double[] nearest = new double[probes];
        for (int p = 0; p < probes; p++) {
            int at = (int) ((long) p * rows / probes);
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < rows; i++) {
                double dx = positions[3 * at] - positions[3 * i];
                double dy = positions[3 * at + 1] - positions[3 * i + 1];
                double dz = positions[3 * at + 2] - positions[3 * i + 2];
                double squared = dx * dx + dy * dy + dz * dz;
                // Rows that were drawn twice say nothing about the spacing.
                best = squared > 0 && squared < best ? squared : best;
            }
            nearest[p] = Math.sqrt(best);
        }
        Arrays.sort(nearest);
        double median = probes == 0 ? 1 : nearest[probes / 2];
        // Points drawn by chance lie closer in places than on average: twice the median spans the gaps.
        return new ObjectScale(Double.isFinite(median) ? 2 * median : 1);
    }

    /** Points closer than this belong together, metres. */
    double radius() {
        return GAP * spacing;
    }

    /** Clusters of fewer rows are noise. */
    int minPoints() {
        return rows(NOISE_AREA);
    }

    /** Clusters of so many rows or fewer are no objects. */
    int proposePoints() {
        return rows(OBJECT_AREA);
    }

    private int rows(double area) {
        return Math.max(FEWEST, (int) Math.round(area / (spacing * spacing)));
    }
}
