package org.scenecontexts.api.point;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;

/**
 * Checks what all implementations of {@link NeighbourKernels} check, with the same words.
 *
 * @since 0.2
 */
public final class NeighbourArguments {

    private NeighbourArguments() {}

    /** Checks the arguments of {@link NeighbourKernels#nearest}. */
    public static void nearest(PointRows points, PointRows queries, int count, Indices index, Buffer squared) {
        require(count >= 1, "neighbours per query must be at least 1, found " + count);
        require(
                points.columns() == queries.columns(),
                "points have " + points.columns() + " columns and queries " + queries.columns()
                        + "; both must have as many");
        findable(points, queries);
        room(index.length(), (long) queries.rows() * count, "neighbours");
        room(squared.capacity(), (long) queries.rows() * count, "distances");
    }

    /** Checks the arguments of {@link NeighbourKernels#within}. */
    public static void within(PointRows points, PointRows centres, float radius, int samples, Indices index) {
        require(radius > 0, "radius must be positive, found " + radius + " metres");
        require(samples >= 1, "neighbours per centre must be at least 1, found " + samples);
        positions(points);
        positions(centres);
        findable(points, centres);
        room(index.length(), (long) centres.rows() * samples, "neighbours");
    }

    /** Checks the arguments of {@link NeighbourKernels#farthest}. */
    public static void farthest(PointRows points, int[] picks, Indices out) {
        positions(points);
        PointRows.checkOffsets(picks);
        require(
                picks.length == points.offsets().length,
                "picks are given for " + (picks.length - 1) + " scenes and points of " + points.scenes());
        for (int b = 0; b < points.scenes(); b++) {
            require(
                    picks[b + 1] == picks[b] || points.size(b) > 0,
                    "cannot pick " + (picks[b + 1] - picks[b]) + " points from scene " + b
                            + " of the batch, which is empty");
        }
        room(out.length(), picks[picks.length - 1], "picked points");
    }

    /** Checks the arguments of {@link NeighbourKernels#order} and {@link NeighbourKernels#cells}. */
    public static void cells(PointRows points, float cell, Indices... perPoint) {
        positions(points);
        require(cell > 0, "the edge of a cell must be positive, found " + cell + " metres");
        for (Indices indices : perPoint) {
            room(indices.length(), points.rows(), "points");
        }
    }

    /**
     * Checks that a scene's cells can be numbered.
     *
     * @param extent of the scene along its longest axis, metres
     * @return cells along that axis, less one
     */
    public static int cellsAcross(int scene, double extent, float cell) {
        double across = Math.floor(extent / cell);
        require(
                across < 1 << Curve.MOST_BITS,
                "scene " + scene + " of the batch is " + extent + " m wide, more than " + (1 << Curve.MOST_BITS)
                        + " cells of " + cell + " m; choose larger cells, or check the unit of the file");
        return (int) across;
    }

    private static void positions(PointRows points) {
        require(points.columns() == 3, "positions have 3 columns, found " + points.columns());
    }

    private static void findable(PointRows points, PointRows queries) {
        require(
                points.scenes() == queries.scenes(),
                "points and queries must have as many scenes, found " + points.scenes() + " and " + queries.scenes());
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
