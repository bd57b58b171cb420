package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;

/**
 * Ball queries in one scene. A ball that meets few points gathers its hits from the cells around it and puts them in
 * order; one that meets many goes through the scene in order until it has enough.
 */
final class BallSearch {

    /** Rounding in float32 can count a point in whose true distance is a little more than the radius. */
    private static final double SLACK = 1 + 1e-5;

    /** Runs of cells that a ball meets: rounding up, four rows in each of four layers. */
    private static final int MOST_RUNS = 16;

    /** Points looked at in order before it is asked whether there are enough. */
    private static final int BLOCK = 128;

    /**
     * A scene is gone through in order where the candidates, squared, are more than this times its points times the wanted
     * samples: with more candidates cells take longer, while in order there are enough hits sooner. Measured for rooms and
     * volumes of 20,000 points with and without vectors; half and twice as much make little difference.
     */
    private static final long MANY = 2;

    private final BallScan scan;
    private final CellGrid grid;
    private final Axes inOrder;
    private final Axes inCells;
    private final int first;
    private final int points;
    private final int samples;
    private final float limit;
    private final double reach;

    BallSearch(BallScan scan, float[] xyz, int first, int n, float radius, int samples) {
        this.scan = scan;
        this.grid = CellGrid.ofCell(xyz, first, n, radius);
        this.inOrder = Axes.of(xyz, first, n);
        this.inCells = inOrder.reordered(grid.order);
        this.first = first;
        this.points = n;
        this.samples = samples;
        this.limit = radius * radius;
        this.reach = radius * SLACK;
    }

    /** Answers the centres of rows {@code from .. to-1}. */
    void run(float[] centres, int from, int to, int[] out) {
        Worker worker = new Worker();
        for (int c = from; c < to; c++) {
            worker.answer(centres[3 * c], centres[3 * c + 1], centres[3 * c + 2], out, c * samples);
        }
    }

    /** What one thread needs for one ball after another. */
    private final class Worker {
        private final int[] runFrom = new int[MOST_RUNS];
        private final int[] runTo = new int[MOST_RUNS];
        private final FirstRows ascending = new FirstRows(points, samples);
        private int[] hits = new int[samples + BLOCK + 1];

        void answer(float x, float y, float z, int[] out, int place) {
            int runs = runs(x, y, z);
            long candidates = 0;
            for (int r = 0; r < runs; r++) {
                candidates += runTo[r] - runFrom[r];
            }
            if (candidates * candidates > MANY * points * samples) {
                write(hits, inOrder(x, y, z), out, place);
            } else {
                write(ascending.taken(), inCells(runs, (int) candidates, x, y, z), out, place);
            }
        }

        /** Cells beside one another in x are one run of sorted points. */
        private int runs(float x, float y, float z) {
            int x0 = grid.at(0, x - reach);
            int x1 = grid.at(0, x + reach);
            int y0 = grid.at(1, y - reach);
            int y1 = grid.at(1, y + reach);
            int z1 = grid.at(2, z + reach);
            int runs = 0;
            for (int cz = grid.at(2, z - reach); cz <= z1; cz++) {
                for (int cy = y0; cy <= y1; cy++) {
                    runFrom[runs] = grid.start[grid.index(x0, cy, cz)];
                    runTo[runs++] = grid.start[grid.index(x1, cy, cz) + 1];
                }
            }
            return runs;
        }

        private int inCells(int runs, int candidates, float x, float y, float z) {
            if (hits.length <= candidates) {
                hits = new int[candidates + candidates / 2 + 1];
            }
            int count = 0;
            for (int r = 0; r < runs; r++) {
                count = scan.find(inCells, runFrom[r], runTo[r], x, y, z, limit, hits, count);
            }
            for (int i = 0; i < count; i++) {
                hits[i] = grid.order[hits[i]];
            }
            return ascending.take(hits, count);
        }

        private int inOrder(float x, float y, float z) {
            int count = 0;
            for (int i = 0; i < points && count < samples; i += BLOCK) {
                count = scan.find(inOrder, i, Math.min(points, i + BLOCK), x, y, z, limit, hits, count);
            }
            return Math.min(count, samples);
        }

        private void write(int[] rows, int count, int[] out, int place) {
            for (int i = 0; i < count; i++) {
                out[place + i] = first + rows[i];
            }
            Arrays.fill(out, place + count, place + samples, count == 0 ? first : out[place]);
        }
    }
}
