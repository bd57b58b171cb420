package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;

/** Ball queries in one scene: a grid finds the hits, a bit per point puts them in order. */
final class BallSearch {

    /** Rounding in float32 can count a point in whose true distance is a little more than the radius. */
    private static final double SLACK = 1 + 1e-5;

    private final CellGrid grid;
    private final int first;
    private final int samples;
    private final float limit;
    private final double reach;

    BallSearch(float[] xyz, int first, int n, float radius, int samples) {
        this.grid = CellGrid.ofCell(xyz, first, n, radius);
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
        int x0 = grid.at(0, x - reach);
        int x1 = grid.at(0, x + reach);
        int y0 = grid.at(1, y - reach);
        int y1 = grid.at(1, y + reach);
        int z1 = grid.at(2, z + reach);
        for (int cz = grid.at(2, z - reach); cz <= z1; cz++) {
            for (int cy = y0; cy <= y1; cy++) {
                // Cells beside one another in x are one run of sorted points.
                int end = grid.start[grid.index(x1, cy, cz) + 1];
                for (int i = grid.start[grid.index(x0, cy, cz)]; i < end; i++) {
                    float dx = x - grid.xyz[3 * i];
                    float dy = y - grid.xyz[3 * i + 1];
                    float dz = z - grid.xyz[3 * i + 2];
                    if (dx * dx + dy * dy + dz * dz < limit) {
                        int row = grid.order[i];
                        hit[row >> 6] |= 1L << row;
                    }
                }
            }
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
