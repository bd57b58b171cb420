package org.scenecontexts.runtime.blocks;

import java.util.Arrays;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.api.data.Scene;

/**
 * Where the blocks of a scene lie and which points they hold: squares seen from above whose cores tile the plane, each wider
 * than its core by half of what neighbours share. Blocks are numbered row by row, rows across the longer side, so that few
 * points wait for a neighbour at any time.
 */
final class BlockGrid {

    /** More cells than this are a stray point rather than a building. */
    private static final long MOST = 1 << 24;

    private final float[] positions;
    private final double stride;
    private final double overlap;
    private final int longAxis;
    private final double[] low = new double[2];
    private final int[] count = new int[2];
    private final int[] order;
    private final int[] start;

    /**
     * The points of a block.
     *
     * @param number of the block
     * @param points of the scene, those of one tile after the other, {@code [n]}
     * @param weights how much what is said about a point counts: 1 inside, falling to 0 at the edge of the block, {@code [n]}
     * @param tiles the tiles that points are of
     * @param starts first point of each tile, and n
     * @param slot for each point its number within its tile, {@code [n]}
     */
    record Members(int number, int[] points, float[] weights, int[] tiles, int[] starts, int[] slot) {

        /** For each point its tile, {@code [n]}. */
        int[] tileOf() {
            int[] tileOf = new int[points.length];
            for (int s = 0; s < tiles.length; s++) {
                Arrays.fill(tileOf, starts[s], starts[s + 1], tiles[s]);
            }
            return tileOf;
        }

        /** Where the points of the block's own tile begin and end. */
        int[] core() {
            for (int s = 0; s < tiles.length; s++) {
                if (tiles[s] == number) {
                    return new int[] {starts[s], starts[s + 1]};
                }
            }
            return new int[2];
        }
    }

    /**
     * @param scene points without a finite position are in no block
     * @param size edge of a block, metres; infinite for one block of everything
     * @param overlap width of the strip that neighbours share, at most half the size
     */
    BlockGrid(Scene scene, double size, double overlap) {
        this.positions = scene.positions();
        this.overlap = overlap;
        this.stride = stride(size, overlap);
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        int finite = 0;
        for (int i = 0; i < scene.size(); i++) {
            if (isFinite(i)) {
                finite++;
                for (int axis = 0; axis < 2; axis++) {
                    low[axis] = Math.min(low[axis], positions[3 * i + axis]);
                    high[axis] = Math.max(high[axis], positions[3 * i + axis]);
                }
            }
        }
        if (finite == 0) {
            throw new CloudException("scene '" + scene.id() + "' has no point with a finite position; check the cloud");
        }
        for (int axis = 0; axis < 2; axis++) {
            // Whole metres, so that edges of voxels are edges of blocks.
            low[axis] = Math.floor(low[axis]);
            count[axis] = (int) Math.min(MOST, 1 + Math.floor((high[axis] - low[axis]) / stride));
        }
        if ((long) count[0] * count[1] > MOST) {
            throw new CloudException("scene '" + scene.id() + "' is " + (float) (high[0] - low[0]) + " m by "
                    + (float) (high[1] - low[1]) + " m, too many blocks of " + size
                    + " m; check its unit (metres are expected) and remove points that lie far away");
        }
        longAxis = count[1] > count[0] ? 1 : 0;
        start = new int[count[0] * count[1] + 1];
        order = new int[finite];
        sort(scene.size());
    }

    /** Distance of the cores: whole decimetres where that is no large change, so that voxels are not cut. */
    static double stride(double size, double overlap) {
        double exact = size - overlap;
        return Double.isInfinite(exact) || exact < 1 ? exact : Math.floor(exact * 10 + 1e-6) / 10;
    }

    private boolean isFinite(int i) {
        return Float.isFinite(positions[3 * i])
                && Float.isFinite(positions[3 * i + 1])
                && Float.isFinite(positions[3 * i + 2]);
    }

    private void sort(int points) {
        for (int i = 0; i < points; i++) {
            if (isFinite(i)) {
                start[tile(i) + 1]++;
            }
        }
        for (int t = 0; t < start.length - 1; t++) {
            start[t + 1] += start[t];
        }
        int[] next = start.clone();
        for (int i = 0; i < points; i++) {
            if (isFinite(i)) {
                order[next[tile(i)]++] = i;
            }
        }
    }

    private int tile(int point) {
        int along = cell(point, longAxis);
        int across = cell(point, 1 - longAxis);
        return along * count[1 - longAxis] + across;
    }

    private int cell(int point, int axis) {
        int cell = (int) ((positions[3 * point + axis] - low[axis]) / stride);
        return Math.clamp(cell, 0, count[axis] - 1);
    }

    /** Number of tiles, with those that hold nothing. */
    int tiles() {
        return start.length - 1;
    }

    /** Tiles that lie in one row across the longer side. */
    int across() {
        return count[1 - longAxis];
    }

    /** Points of a tile; its block sees more. */
    int size(int tile) {
        return start[tile + 1] - start[tile];
    }

    /** The point of a tile with that number within it. */
    int point(int tile, int slot) {
        return order[start[tile] + slot];
    }

    /** The tiles around a tile, itself among them, that hold points. */
    int[] around(int tile) {
        int along = tile / across();
        int across = tile % across();
        int[] found = new int[9];
        int n = 0;
        for (int i = Math.max(0, along - 1); i <= Math.min(count[longAxis] - 1, along + 1); i++) {
            for (int j = Math.max(0, across - 1); j <= Math.min(across() - 1, across + 1); j++) {
                int other = i * across() + j;
                if (size(other) > 0) {
                    found[n++] = other;
                }
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** Lowest and highest corner of a tile along x and y: {@code {{x, y}, {x, y}}}. */
    double[][] bounds(int tile) {
        double[] from = new double[2];
        double[] to = new double[2];
        int[] cell = new int[2];
        cell[longAxis] = tile / across();
        cell[1 - longAxis] = tile % across();
        for (int axis = 0; axis < 2; axis++) {
            // One block of everything is infinitely large, and so are the outer ones: nothing lies beyond.
            from[axis] = cell[axis] == 0 ? Double.NEGATIVE_INFINITY : low[axis] + cell[axis] * stride;
            to[axis] = cell[axis] == count[axis] - 1 ? Double.POSITIVE_INFINITY : low[axis] + (cell[axis] + 1) * stride;
        }
        return new double[][] {from, to};
    }

    /** The points of the block around a tile. */
    Members members(int tile) {
        double[][] bounds = bounds(tile);
        int[] tiles = around(tile);
        int[] starts = new int[tiles.length + 1];
        int most = 0;
        for (int t : tiles) {
            most += size(t);
        }
        int[] points = new int[most];
        int[] slot = new int[most];
        float[] weights = new float[most];
        int n = 0;
        for (int s = 0; s < tiles.length; s++) {
            starts[s] = n;
            for (int k = start[tiles[s]]; k < start[tiles[s] + 1]; k++) {
                double weight = weight(order[k], bounds, tiles[s] == tile);
                if (weight > 0) {
                    points[n] = order[k];
                    slot[n] = k - start[tiles[s]];
                    weights[n++] = (float) weight;
                }
            }
        }
        starts[tiles.length] = n;
        return new Members(
                tile, Arrays.copyOf(points, n), Arrays.copyOf(weights, n), tiles, starts, Arrays.copyOf(slot, n));
    }

    private double weight(int point, double[][] bounds, boolean own) {
        double weight = 1;
        for (int axis = 0; axis < 2; axis++) {
            double p = positions[3 * point + axis];
            double inside = Math.min(p - bounds[0][axis], bounds[1][axis] - p) + overlap / 2;
            weight *= inside >= overlap ? 1 : Math.max(0, inside / overlap);
        }
        // A point on the edge of its own tile is always seen, also where nothing is shared.
        return own ? Math.max(weight, 1e-3) : weight;
    }
}
