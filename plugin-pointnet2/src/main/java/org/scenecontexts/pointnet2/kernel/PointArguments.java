package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;

/**
 * Checks what all implementations of {@link PointKernels} check, with the same words.
 *
 * @since 0.1
 */
public final class PointArguments {

    private PointArguments() {}

    /** Checks the arguments of {@link PointKernels#farthestPoints}. */
    public static void farthestPoints(PointSets points, int picks, Indices out) {
        require(picks >= 0, "number of points to sample must be 0 or more, found " + picks);
        room(out.length(), (long) points.scenes() * picks, "sampled points");
        for (int b = 0; b < points.scenes(); b++) {
            require(
                    picks == 0 || points.size(b) > 0,
                    "cannot sample " + picks + " points from scene " + b + " of the batch, which is empty");
        }
    }

    /** Checks the arguments of {@link PointKernels#ballQuery}. */
    public static void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
        require(radius > 0, "radius must be positive, found " + radius + " metres");
        require(samples >= 1, "neighbours per ball must be at least 1, found " + samples);
        neighbours(points, centres);
        room(out.length(), (long) centres.rows() * samples, "neighbours");
    }

    /** Checks the arguments of {@link PointKernels#threeNearest}. */
    public static void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
        neighbours(known, queries);
        room(index.length(), 3L * queries.rows(), "neighbours");
        room(squared.capacity(), 3L * queries.rows(), "distances");
    }

    private static void neighbours(PointSets points, PointSets queries) {
        points.requireSameScenes(queries);
        for (int b = 0; b < points.scenes(); b++) {
            require(
                    points.size(b) > 0 || queries.size(b) == 0,
                    "scene " + b + " of the batch has " + queries.size(b) + " queries but no points to find");
        }
    }

    private static void room(int found, long needed, String what) {
        require(found >= needed, "room for " + needed + " " + what + " was expected, found " + found);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
