package org.scenecontexts.datasets.pairs;

import java.util.Arrays;
import java.util.List;
import org.scenecontexts.api.engine.Parallel;

/**
 * How much of each view of a place the other views have seen too (REFERENCE 3.4).
 *
 * <p>The published way asks for the neighbours of every point in every other view. Here the points of all views lie in one
 * grid of cells as wide as the radius, sorted by cell and view; a point looks once through the 27 cells around it and
 * learns about all views at the same time.
 */
final class Overlaps {

    /** Edge of the voxels that views are reduced to first, metres. */
    static final double VOXEL = 0.05;

    /** Points of two views within this distance are the same place, metres. */
    static final double RADIUS = 1.5 * VOXEL;

    private static final int AXIS_BITS = 21;
    private static final int AXIS_CELLS = 1 << AXIS_BITS;
    private static final int CHUNK = 2048;

    private final List<double[]> views;
    private final double radius;
    private final double[] origin = new double[3];
    private double[] points;
    private int[] viewOf;
    private long[] cells;
    private int[] starts;
    private int[] heads;

    private Overlaps(List<double[]> views, double radius) {
        this.views = views;
        this.radius = radius;
    }

    /**
     * Fractions of all ordered pairs of views.
     *
     * @param views down-sampled points of each view, {@code [M, 3]}, metres, in one world frame; see {@link VoxelAverages}
     * @param radius largest distance of two points that are the same place, metres
     * @return {@code [i][j]} is the fraction of the points of view j that have a point of view i within the radius
     */
    static double[][] fractions(List<double[]> views, double radius, Parallel parallel) {
        Overlaps overlaps = new Overlaps(views, radius);
        overlaps.sort();
        int[][] hits = overlaps.count(parallel);
        int n = views.size();
        double[][] fractions = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int size = views.get(j).length / 3;
                fractions[i][j] = size == 0 ? 0 : (double) hits[j][i] / size;
            }
        }
        return fractions;
    }

    /** Puts the points of all views in the order of their cells, and views in order within a cell. */
    private void sort() {
        int total = views.stream().mapToInt(view -> view.length / 3).sum();
        Arrays.fill(origin, Double.POSITIVE_INFINITY);
        views.forEach(view -> {
            for (int i = 0; i < view.length; i++) {
                origin[i % 3] = Math.min(origin[i % 3], view[i]);
            }
        });
        long[] keys = new long[total];
        int at = 0;
        for (double[] view : views) {
            for (int i = 0; i < view.length / 3; i++, at++) {
                keys[at] = key(cell(view[3 * i], 0), cell(view[3 * i + 1], 1), cell(view[3 * i + 2], 2));
            }
        }
        int[] order = order(keys);
        points = new double[3 * total];
        viewOf = new int[total];
        int[] viewStart = new int[views.size() + 1];
        for (int v = 0; v < views.size(); v++) {
            viewStart[v + 1] = viewStart[v] + views.get(v).length / 3;
        }
        cells = new long[total];
        starts = new int[total + 1];
        int cellCount = 0;
        for (int i = 0; i < total; i++) {
            int from = order[i];
            int view = Arrays.binarySearch(viewStart, from);
            view = view < 0 ? -view - 2 : view;
            while (viewStart[view + 1] <= from) {
                view++;
            }
            viewOf[i] = view;
            System.arraycopy(views.get(view), 3 * (from - viewStart[view]), points, 3 * i, 3);
            if (i == 0 || keys[from] != cells[cellCount - 1]) {
                cells[cellCount] = keys[from];
                starts[cellCount++] = i;
            }
        }
        cells = Arrays.copyOf(cells, cellCount);
        starts[cellCount] = total;
        index();
    }

    /** A stable sort by key: equal keys keep their order, so views stay in order within a cell. */
    private static int[] order(long[] keys) {
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        int[] cellOf = new int[keys.length];
        int[] next = new int[distinct + 1];
        for (int i = 0; i < keys.length; i++) {
            cellOf[i] = Arrays.binarySearch(sorted, 0, distinct, keys[i]);
            next[cellOf[i] + 1]++;
        }
        for (int c = 0; c < distinct; c++) {
            next[c + 1] += next[c];
        }
        int[] order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            order[next[cellOf[i]]++] = i;
        }
        return order;
    }

    private void index() {
        heads = new int[Integer.highestOneBit(Math.max(8, 2 * cells.length)) * 2];
        Arrays.fill(heads, -1);
        for (int c = 0; c < cells.length; c++) {
            int slot = slot(cells[c]);
            while (heads[slot] >= 0) {
                slot = slot + 1 & heads.length - 1;
            }
            heads[slot] = c;
        }
    }

    private int find(long key) {
        int slot = slot(key);
        while (heads[slot] >= 0) {
            if (cells[heads[slot]] == key) {
                return heads[slot];
            }
            slot = slot + 1 & heads.length - 1;
        }
        return -1;
    }

    private int slot(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & heads.length - 1;
    }

    private long cell(double value, int axis) {
        // One cell of margin keeps the neighbours of the lowest cells from being negative.
        return (long) ((value - origin[axis]) / radius) + 1;
    }

    private static long key(long x, long y, long z) {
        return (x * AXIS_CELLS + y) * AXIS_CELLS + z;
    }

    private int[][] count(Parallel parallel) {
        int n = views.size();
        int chunks = (cells.length + CHUNK - 1) / CHUNK;
        int[][] total = new int[n][n];
        parallel.run(chunks, chunk -> {
            int[][] hits = new int[n][];
            int[] stamps = new int[n];
            int[] around = new int[27];
            for (int c = chunk * CHUNK; c < Math.min(cells.length, (chunk + 1) * CHUNK); c++) {
                int found = neighbours(cells[c], around);
                for (int p = starts[c]; p < starts[c + 1]; p++) {
                    int[] row = hits[viewOf[p]] == null ? hits[viewOf[p]] = new int[n] : hits[viewOf[p]];
                    look(p, around, found, stamps, row);
                }
            }
            // Whole numbers: the order of addition cannot change the result.
            synchronized (total) {
                for (int v = 0; v < n; v++) {
                    for (int w = 0; hits[v] != null && w < n; w++) {
                        total[v][w] += hits[v][w];
                    }
                }
            }
        });
        return total;
    }

    private int neighbours(long key, int[] around) {
        int found = 0;
        for (long x = -1; x <= 1; x++) {
            for (long y = -1; y <= 1; y++) {
                for (long z = -1; z <= 1; z++) {
                    int cell = find(key + key(x, y, z));
                    if (cell >= 0) {
                        around[found++] = cell;
                    }
                }
            }
        }
        return found;
    }

    /** Counts in {@code row} every view that has a point near point {@code p}; a view's own entry means nothing. */
    private void look(int p, int[] around, int found, int[] stamps, int[] row) {
        double x = points[3 * p];
        double y = points[3 * p + 1];
        double z = points[3 * p + 2];
        double limit = radius * radius;
        int stamp = p + 1;
        for (int a = 0; a < found; a++) {
            for (int q = starts[around[a]]; q < starts[around[a] + 1]; q++) {
                int view = viewOf[q];
                if (stamps[view] != stamp) {
                    double dx = points[3 * q] - x;
                    double dy = points[3 * q + 1] - y;
                    double dz = points[3 * q + 2] - z;
                    if (dx * dx + dy * dy + dz * dz <= limit) {
                        stamps[view] = stamp;
                        row[view]++;
                    }
                }
            }
        }
    }
}
