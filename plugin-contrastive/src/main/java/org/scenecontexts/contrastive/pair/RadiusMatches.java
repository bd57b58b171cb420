package org.scenecontexts.contrastive.pair;

import java.util.Arrays;

/**
 * All pairs of points of two clouds that lie within a radius of each other, by a hash grid (REFERENCE 4.1 item 7).
 */
final class RadiusMatches {

    /**
     * Matches sorted by first point and, for one first point, by distance.
     *
     * @param first index in the first cloud of each match
     * @param second index in the second cloud of each match
     */
    record Matches(int[] first, int[] second) {
        int size() {
            return first.length;
        }
    }

    private final float[] points;
    private final double cell;
    private final int mask;
    private final int[] head;
    private final int[] next;

    private RadiusMatches(float[] points, double radius) {
        this.points = points;
        this.cell = radius;
        int n = points.length / 3;
        int size = Integer.highestOneBit(Math.max(16, 2 * n)) * 2;
        mask = size - 1;
        head = new int[size];
        Arrays.fill(head, -1);
        next = new int[n];
        for (int i = n - 1; i >= 0; i--) {
            int slot = slot(cellOf(points[3 * i]), cellOf(points[3 * i + 1]), cellOf(points[3 * i + 2]));
            next[i] = head[slot];
            head[slot] = i;
        }
    }

    /**
     * Finds the matches.
     *
     * @param first {@code [N, 3]}, metres
     * @param second {@code [M, 3]}, metres, in the same frame
     * @param radius largest distance of a match, metres, positive
     */
    static Matches find(float[] first, float[] second, double radius) {
        RadiusMatches grid = new RadiusMatches(second, radius);
        Collector found = new Collector();
        for (int i = 0; i < first.length / 3; i++) {
            grid.around(i, first[3 * i], first[3 * i + 1], first[3 * i + 2], radius * radius, found);
        }
        return found.matches();
    }

    private void around(int i, float x, float y, float z, double limit, Collector found) {
        int cx = cellOf(x);
        int cy = cellOf(y);
        int cz = cellOf(z);
        int start = found.size;
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dz = -1; dz <= 1; dz++) {
                    for (int j = head[slot(cx + dx, cy + dy, cz + dz)]; j >= 0; j = next[j]) {
                        // Different cells may share a slot: take a point only from the cell that is being visited.
                        if (cellOf(points[3 * j]) != cx + dx
                                || cellOf(points[3 * j + 1]) != cy + dy
                                || cellOf(points[3 * j + 2]) != cz + dz) {
                            continue;
                        }
                        double ex = (double) points[3 * j] - x;
                        double ey = (double) points[3 * j + 1] - y;
                        double ez = (double) points[3 * j + 2] - z;
                        double distance = ex * ex + ey * ey + ez * ez;
                        if (distance <= limit) {
                            found.add(i, j, distance, start);
                        }
                    }
                }
            }
        }
    }

    private int cellOf(float value) {
        return (int) Math.floor(value / cell);
    }

    private int slot(int x, int y, int z) {
        int h = x * 73856093 ^ y * 19349663 ^ z * 83492791;
        return (h ^ (h >>> 16)) & mask;
    }

    /** Growing lists, kept sorted by distance within one first point. */
    private static final class Collector {

        private int[] first = new int[1024];
        private int[] second = new int[1024];
        private double[] distance = new double[1024];
        private int size;

        void add(int i, int j, double d, int start) {
            if (size == first.length) {
                first = Arrays.copyOf(first, 2 * size);
                second = Arrays.copyOf(second, 2 * size);
                distance = Arrays.copyOf(distance, 2 * size);
            }
            int place = size++;
            while (place > start && (distance[place - 1] > d || (distance[place - 1] == d && second[place - 1] > j))) {
                second[place] = second[place - 1];
                distance[place] = distance[place - 1];
                place--;
            }
            first[size - 1] = i;
            second[place] = j;
            distance[place] = d;
        }

        Matches matches() {
            return new Matches(Arrays.copyOf(first, size), Arrays.copyOf(second, size));
        }
    }
}
