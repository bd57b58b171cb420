package org.scenecontexts.api.data;

import java.util.Arrays;

/** Finds for each query position the nearest of a set of positions, exactly, with a uniform grid. */
final class NearestRows {

    private final float[] points;
    private final float[] min = new float[3];
    private final int[] dims = new int[3];
    private final double cell;
    private final int[] start;
    private final int[] order;

    private NearestRows(float[] points) {
        this.points = points;
        int n = points.length / 3;
        float[] max = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
        Arrays.fill(min, Float.POSITIVE_INFINITY);
        for (int i = 0; i < points.length; i++) {
            min[i % 3] = Math.min(min[i % 3], points[i]);
            max[i % 3] = Math.max(max[i % 3], points[i]);
        }
        double extent = Math.max(max[0] - min[0], Math.max(max[1] - min[1], max[2] - min[2]));
        // Indoor points lie on surfaces: about four of them per occupied cell of this edge.
        cell = Math.max(extent / Math.max(1, Math.min(200, Math.sqrt(n))) * 2, 1e-6);
        for (int a = 0; a < 3; a++) {
            dims[a] = (int) ((max[a] - min[a]) / cell) + 1;
        }
        start = new int[dims[0] * dims[1] * dims[2] + 1];
        int[] cellOf = new int[n];
        for (int i = 0; i < n; i++) {
            cellOf[i] = index(coordinate(i, 0), coordinate(i, 1), coordinate(i, 2));
            start[cellOf[i] + 1]++;
        }
        for (int c = 0; c < start.length - 1; c++) {
            start[c + 1] += start[c];
        }
        order = new int[n];
        int[] next = start.clone();
        for (int i = 0; i < n; i++) {
            order[next[cellOf[i]]++] = i;
        }
    }

    static int[] of(float[] points, float[] queries) {
        NearestRows grid = new NearestRows(points);
        int[] nearest = new int[queries.length / 3];
        for (int q = 0; q < nearest.length; q++) {
            nearest[q] = grid.nearest(queries[3 * q], queries[3 * q + 1], queries[3 * q + 2]);
        }
        return nearest;
    }

    private int coordinate(int point, int axis) {
        return (int) ((points[3 * point + axis] - min[axis]) / cell);
    }

    private int index(int x, int y, int z) {
        return (x * dims[1] + y) * dims[2] + z;
    }

    private int nearest(float x, float y, float z) {
        int cx = clamp((x - min[0]) / cell, dims[0]);
        int cy = clamp((y - min[1]) / cell, dims[1]);
        int cz = clamp((z - min[2]) / cell, dims[2]);
        int best = -1;
        double bestDistance = Double.POSITIVE_INFINITY;
        int rings = Math.max(dims[0], Math.max(dims[1], dims[2]));
        for (int ring = 0; ring <= rings; ring++) {
            // Everything in this ring and beyond is at least (ring - 1) cells away from any place in the centre cell.
            double reach = (ring - 1) * cell;
            if (best >= 0 && ring > 0 && reach > 0 && reach * reach > bestDistance) {
                break;
            }
            for (int i = Math.max(0, cx - ring); i <= Math.min(dims[0] - 1, cx + ring); i++) {
                for (int j = Math.max(0, cy - ring); j <= Math.min(dims[1] - 1, cy + ring); j++) {
                    boolean face = Math.abs(i - cx) == ring || Math.abs(j - cy) == ring;
                    int step = face || ring == 0 ? 1 : 2 * ring;
                    for (int k = cz - ring; k <= cz + ring; k += step) {
                        if (k < 0 || k >= dims[2]) {
                            continue;
                        }
                        int c = index(i, j, k);
                        for (int s = start[c]; s < start[c + 1]; s++) {
                            int p = order[s];
                            double dx = points[3 * p] - x;
                            double dy = points[3 * p + 1] - y;
                            double dz = points[3 * p + 2] - z;
                            double d = dx * dx + dy * dy + dz * dz;
                            if (d < bestDistance || (d == bestDistance && p < best)) {
                                bestDistance = d;
                                best = p;
                            }
                        }
                    }
                }
            }
        }
        return best;
    }

    private static int clamp(double value, int size) {
        return (int) Math.max(0, Math.min(size - 1, value));
    }
}
