package org.scenecontexts.pointgroup.cluster;

import org.scenecontexts.api.engine.Parallel;

/**
 * Groups points of one class that lie close together, in time linear in the points, with the same result on any number of
 * threads (REFERENCE 7.4).
 *
 * @since 0.2
 */
public final class PointGrouping {

    /** For {@link #find}: a point may have any number of neighbours. */
    public static final int NO_CAP = 0;

    private PointGrouping() {}

    /**
     * Finds the groups, the smallest too.
     *
     * @param positions {@code [N, 3]}, any unit; finite where the label is not negative
     * @param labels {@code [N]}; points with a negative label belong to no group and are no neighbours
     * @param radius points closer than this (float32, strictly) are neighbours, in the unit of the positions; positive
     * @param cap most neighbours of a point, the first by index and of any label, 1000 as published; {@link #NO_CAP} for no
     *     limit, which is faster and does not tear dense objects apart
     * @throws IllegalArgumentException when arrays do not fit together, a number is out of its range or a position not finite
     */
    public static Clusters find(float[] positions, int[] labels, float radius, int cap, Parallel parallel) {
        if (positions.length < 3L * labels.length) {
            throw new IllegalArgumentException(
                    labels.length + " labels need " + 3L * labels.length + " coordinates, found " + positions.length);
        }
        if (!(radius > 0) || Float.isInfinite(radius)) {
            throw new IllegalArgumentException("a radius above 0 is expected, found " + radius);
        }
        if (cap < 0) {
            throw new IllegalArgumentException(
                    "a cap of 1 or more neighbours is expected, or 0 for none; found " + cap);
        }
        Clusters components = BallComponents.find(positions, labels, radius, parallel);
        return cap == NO_CAP
                ? components
                : new CappedBallSearch(positions, labels, radius, cap).split(components, parallel);
    }
}
