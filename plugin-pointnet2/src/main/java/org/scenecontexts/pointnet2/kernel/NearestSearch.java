package org.scenecontexts.pointnet2.kernel;

/** The nearest points of one scene: cells around a query, ring by ring, until no nearer point can follow. */
final class NearestSearch {

    private static final double POINTS_PER_CELL = 2;

    /** Distances are rounded to float32; a ring is trusted to be farther only with this much to spare. */
    private static final double SLACK = 1 - 1e-5;

    private final CellGrid grid;
    /** Positions in the order of cells, {@code [n, 3]}: cells have few points, whose coordinates are best side by side. */
    private final float[] sorted;

    private final int first;

    NearestSearch(float[] xyz, int first, int n) {
        this.grid = CellGrid.ofOccupancy(xyz, first, n, POINTS_PER_CELL);
        this.sorted = new float[3 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(xyz, 3 * (first + grid.order[i]), sorted, 3 * i, 3);
        }
        this.first = first;
    }

    /** Answers the queries of rows {@code from .. to-1}. */
    void run(float[] queries, int from, int to, NearestFound best, int[] index, float[] squared, int at) {
        for (int q = from; q < to; q++) {
            best.clear(first);
            search(queries[3 * q], queries[3 * q + 1], queries[3 * q + 2], best);
            best.write(q, index, squared, at);
        }
    }

    private void search(float x, float y, float z, NearestFound best) {
        int cx = grid.at(0, x);
        int cy = grid.at(1, y);
        int cz = grid.at(2, z);
        for (int ring = 0; ; ring++) {
            shell(cx, cy, cz, ring, x, y, z, best);
            double bound = Math.min(face(0, cx, ring, x), Math.min(face(1, cy, ring, y), face(2, cz, ring, z)));
            if (bound == Double.POSITIVE_INFINITY) {
                return;
            }
            double safe = bound * SLACK - 1e-9 * grid.cell;
            if (safe > 0 && best.within(safe * safe)) {
                return;
            }
        }
    }

    /** How far a query is from the nearest cell along an axis that has not been looked at; infinite when there is none. */
    private double face(int axis, int centre, int ring, double coordinate) {
        double bound = Double.POSITIVE_INFINITY;
        if (centre - ring > 0) {
            bound = coordinate - (grid.low[axis] + (centre - ring) * grid.cell);
        }
        if (centre + ring + 1 < grid.cells[axis]) {
            bound = Math.min(bound, grid.low[axis] + (centre + ring + 1) * grid.cell - coordinate);
        }
        return bound;
    }

    private void shell(int cx, int cy, int cz, int ring, float x, float y, float z, NearestFound best) {
        int x0 = Math.max(0, cx - ring);
        int x1 = Math.min(grid.cells[0] - 1, cx + ring);
        for (int k = Math.max(0, cz - ring); k <= Math.min(grid.cells[2] - 1, cz + ring); k++) {
            for (int j = Math.max(0, cy - ring); j <= Math.min(grid.cells[1] - 1, cy + ring); j++) {
                if (Math.abs(k - cz) == ring || Math.abs(j - cy) == ring) {
                    cells(x0, x1, j, k, x, y, z, best);
                } else {
                    if (cx - ring >= 0) {
                        cells(cx - ring, cx - ring, j, k, x, y, z, best);
                    }
                    if (cx + ring < grid.cells[0]) {
                        cells(cx + ring, cx + ring, j, k, x, y, z, best);
                    }
                }
            }
        }
    }

    private void cells(int x0, int x1, int j, int k, float x, float y, float z, NearestFound best) {
        int end = grid.start[grid.index(x1, j, k) + 1];
        for (int i = grid.start[grid.index(x0, j, k)]; i < end; i++) {
            float dx = x - sorted[3 * i];
            float dy = y - sorted[3 * i + 1];
            float dz = z - sorted[3 * i + 2];
            best.offer(dx * dx + dy * dy + dz * dz, first + grid.order[i]);
        }
    }
}
