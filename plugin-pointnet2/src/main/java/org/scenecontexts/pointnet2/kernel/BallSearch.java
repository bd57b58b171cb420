package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;

/** Ball queries in one scene: a grid finds the hits, a bit per point puts them in order. */
final class BallSearch {

    /** Rounding in float32 can count a point in whose true distance is a little more than the radius. */
    private static final double SLACK = 1 + 1e-5;

    /** Cells along a radius: with fewer, too many points lie in cells that a ball only touches; with more, runs get short. */
    private static final int CELLS_PER_RADIUS = 2;

    private final CellGrid grid;
    private final int first;
    private final int samples;
    private final float limit;
    private final double reach;

    BallSearch(float[] xyz, int first, int n, float radius, int samples) {
        this.grid = CellGrid.ofCell(xyz, first, n, radius / CELLS_PER_RADIUS);
        this.first = first;
        this.samples = samples;
        this.limit = radius * radius;
        this.reach = radius * SLACK;
    }

    /** Answers the centres of rows {@code from .. to-1}. */
    void run(float[] centres, int from, int to, int[] out) {
        long[] hit = new long[(grid.order.length + 63) / 64];
        for (int c = from; c < to; c++) {
            mark(centres[3 * c], centres[3 * c + 1], centres[3 * c + 2], hit);
            collect(hit, out, c * samples);
        }
    }

    private void mark(float x, float y, float z, long[] hit) {
        int y0 = grid.at(1, y - reach);
        int y1 = grid.at(1, y + reach);
        int z1 = grid.at(2, z + reach);
        for (int cz = grid.at(2, z - reach); cz <= z1; cz++) {
            double dz = grid.distance(2, cz, z);
            for (int cy = y0; cy <= y1; cy++) {
                double dy = grid.distance(1, cy, y);
                double left = reach * reach - dy * dy - dz * dz;
                if (left >= 0) {
                    double half = Math.sqrt(left);
                    // Cells beside one another in x are one run of sorted points.
                    markRun(
                            x,
                            y,
                            z,
                            grid.start[grid.index(grid.at(0, x - half), cy, cz)],
                            grid.start[grid.index(grid.at(0, x + half), cy, cz) + 1],
                            hit);
                }
            }
        }
    }

    /** No branch depends on the outcome of a comparison: about half of all points are hits, in no order. */
    private void markRun(float x, float y, float z, int from, int to, long[] hit) {
        for (int i = from; i < to; i++) {
            float dx = x - grid.xyz[3 * i];
            float dy = y - grid.xyz[3 * i + 1];
            float dz = z - grid.xyz[3 * i + 2];
            int row = grid.order[i];
            hit[row >> 6] |= (dx * dx + dy * dy + dz * dz < limit ? 1L : 0L) << row;
        }
    }

    /** Writes the first hits and wipes all. */
    private void collect(long[] hit, int[] out, int place) {
        int found = 0;
        for (int word = 0; word < hit.length; word++) {
            long bits = hit[word];
            if (bits != 0) {
                hit[word] = 0;
                for (; bits != 0 && found < samples; bits &= bits - 1) {
                    out[place + found++] = first + (word << 6) + Long.numberOfTrailingZeros(bits);
                }
            }
        }
        Arrays.fill(out, place + found, place + samples, found == 0 ? first : out[place]);
    }
}
