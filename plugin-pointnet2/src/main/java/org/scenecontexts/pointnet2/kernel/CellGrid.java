package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;

/**
 * The points of one scene sorted into cubic cells, x fastest, so that a search looks at few of them. Cells keep the
 * order of the points.
 */
final class CellGrid {

    /** Cells per point at most: emptier grids cost more to make than they save. */
    private static final int MOST_CELLS_PER_POINT = 8;

    private static final int LEAST_CELLS = 64;

    final double[] low = new double[3];
    final int[] cells = new int[3];
    final double cell;
    private final double perMetre;
    /** First sorted place of each cell, one more entry than cells. */
    final int[] start;
    /** Row of each sorted place, counted from the scene's first. */
    final int[] order;

    private CellGrid(float[] points, int from, int n, double[] low, double[] extent, double wanted) {
        System.arraycopy(low, 0, this.low, 0, 3);
        cell = sizeFor(extent, wanted, Math.max(LEAST_CELLS, (long) n * MOST_CELLS_PER_POINT));
        perMetre = 1 / cell;
        for (int a = 0; a < 3; a++) {
            cells[a] = (int) (extent[a] / cell) + 1;
        }
        int total = cells[0] * cells[1] * cells[2];
        int[] cellOf = new int[n];
        start = new int[total + 1];
        for (int i = 0; i < n; i++) {
            int p = 3 * (from + i);
            cellOf[i] = index(at(0, points[p]), at(1, points[p + 1]), at(2, points[p + 2]));
            start[cellOf[i] + 1]++;
        }
        for (int c = 0; c < total; c++) {
            start[c + 1] += start[c];
        }
        int[] next = Arrays.copyOf(start, total);
        order = new int[n];
        for (int i = 0; i < n; i++) {
            order[next[cellOf[i]]++] = i;
        }
    }

    /** A grid whose cells are at least {@code wanted} metres wide. */
    static CellGrid ofCell(float[] points, int from, int n, double wanted) {
        double[] low = new double[3];
        return new CellGrid(points, from, n, low, extent(points, from, n, low), wanted);
    }

    /** A grid for some points per cell were they spread evenly. */
    static CellGrid ofOccupancy(float[] points, int from, int n, double perCell) {
        double[] low = new double[3];
        double[] extent = extent(points, from, n, low);
        double longest = Math.max(extent[0], Math.max(extent[1], extent[2]));
        double volume = 1;
        for (double e : extent) {
            volume *= Math.max(e, longest / 50);
        }
        double wanted = longest == 0 ? 1 : Math.cbrt(volume * perCell / n);
        return new CellGrid(points, from, n, low, extent, wanted);
    }

    private static double[] extent(float[] points, int from, int n, double[] low) {
        double[] high = {0, 0, 0};
        for (int a = 0; a < 3 && n > 0; a++) {
            low[a] = Double.POSITIVE_INFINITY;
            high[a] = Double.NEGATIVE_INFINITY;
            for (int i = from; i < from + n; i++) {
                low[a] = Math.min(low[a], points[3 * i + a]);
                high[a] = Math.max(high[a], points[3 * i + a]);
            }
        }
        return new double[] {high[0] - low[0], high[1] - low[1], high[2] - low[2]};
    }

    private static double sizeFor(double[] extent, double wanted, long most) {
        double size = wanted;
        while ((Math.floor(extent[0] / size) + 1)
                        * (Math.floor(extent[1] / size) + 1)
                        * (Math.floor(extent[2] / size) + 1)
                > most) {
            size *= 1.25;
        }
        return size;
    }

    /** Cell along an axis of a coordinate; those outside belong to the first or the last. Never decreases with it. */
    int at(int axis, double coordinate) {
        // Rounding towards 0 is rounding down, but for coordinates below the first cell.
        return Math.clamp((int) ((coordinate - low[axis]) * perMetre), 0, cells[axis] - 1);
    }

    int index(int x, int y, int z) {
        return (z * cells[1] + y) * cells[0] + x;
    }
}
