package org.scenecontexts.pointgroup.cluster;

import java.util.Arrays;

/**
 * Points sorted into cubic cells, so that those of neighbouring cells are found by walking along a sorted list: time and
 * memory linear in the number of points, whatever the extent of the cloud.
 *
 * <p>Cells of points that carry different labels are different cells. A cell's key is a number in mixed radix of label, x, y
 * and z with empty cells around, so the cell so many steps away has the key so much larger, and cells above one another
 * follow one another. Points of one cell are in ascending order.
 */
final class CellIndex {

    /** Empty cells on each side, so that no step of so many leads into another row. */
    static final int MARGIN = 2;

    private static final int DIGIT_BITS = 11;

    private final long[] keys;
    private final int[] starts;
    private final int[] points;
    private final float[] coordinates;
    private final long rowStep;
    private final long planeStep;

    /**
     * @param positions {@code [N, 3]}, finite where the label is not negative
     * @param label of each point, {@code [N]}; points with a negative one are left out
     * @param edge of a cell, in the unit of the positions
     * @throws IllegalArgumentException when a position is not finite, or the cloud too wide for cells of that size
     */
    CellIndex(float[] positions, int[] label, double edge) {
        double[] low = new double[3];
        long[] extent = extents(positions, label, edge, low);
        rowStep = extent[2];
        planeStep = extent[1] * extent[2];
        int taken = (int) Arrays.stream(label).filter(value -> value >= 0).count();
        points = new int[taken];
        long[] sorted = new long[taken];
        long largest = 0;
        for (int i = 0, place = 0; i < label.length; i++) {
            if (label[i] >= 0) {
                long x = label[i] * extent[0] + cell(positions[3 * i], low[0], edge);
                long y = cell(positions[3 * i + 1], low[1], edge);
                long z = cell(positions[3 * i + 2], low[2], edge);
                sorted[place] = x * planeStep + y * rowStep + z;
                largest = Math.max(largest, sorted[place]);
                points[place++] = i;
            }
        }
        sort(sorted, points, largest);
        coordinates = new float[3 * taken];
        for (int place = 0; place < taken; place++) {
            System.arraycopy(positions, 3 * points[place], coordinates, 3 * place, 3);
        }
        int[] firsts = new int[taken + 1];
        int cells = 0;
        for (int place = 0; place < taken; place++) {
            if (place == 0 || sorted[place] != sorted[place - 1]) {
                firsts[cells] = place;
                sorted[cells++] = sorted[place];
            }
        }
        firsts[cells] = taken;
        starts = Arrays.copyOf(firsts, cells + 1);
        keys = Arrays.copyOf(sorted, cells);
    }

    private static long cell(float value, double low, double edge) {
        return MARGIN + (long) ((value - low) / edge);
    }

    /** Cells per axis with their margins; writes the lowest coordinates. */
    private static long[] extents(float[] positions, int[] label, double edge, double[] low) {
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        int labels = 1;
        for (int i = 0; i < label.length; i++) {
            if (label[i] < 0) {
                continue;
            }
            labels = Math.max(labels, label[i] + 1);
            for (int axis = 0; axis < 3; axis++) {
                float value = positions[3 * i + axis];
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("point " + i + " is at " + value + " along axis "
                            + "xyz".charAt(axis) + ", expected a finite position; if a network has shifted it, its"
                            + " offsets have diverged");
                }
                low[axis] = Math.min(low[axis], value);
                high[axis] = Math.max(high[axis], value);
            }
        }
        long[] extent = new long[3];
        double all = labels;
        for (int axis = 0; axis < 3; axis++) {
            double cells = high[axis] < low[axis] ? 0 : Math.floor((high[axis] - low[axis]) / edge);
            extent[axis] = 2 * MARGIN + 1 + (long) cells;
            all *= 2 * MARGIN + 1 + cells;
        }
        if (all > Long.MAX_VALUE / 4) {
            throw new IllegalArgumentException(String.format(
                    java.util.Locale.ROOT,
                    "the points extend over %.3g x %.3g x %.3g, too far for cells of %.3g; are radius and positions in"
                            + " the same unit, or is one point far from all others?",
                    high[0] - low[0],
                    high[1] - low[1],
                    high[2] - low[2],
                    edge));
        }
        return extent;
    }

    /** Sorts points by key, digit by digit; points of equal keys keep their order. */
    private static void sort(long[] keys, int[] points, long largest) {
        int n = keys.length;
        long[] otherKeys = new long[n];
        int[] otherPoints = new int[n];
        long[] fromKeys = keys;
        int[] fromPoints = points;
        int[] next = new int[(1 << DIGIT_BITS) + 1];
        for (int shift = 0; shift < Long.SIZE && largest >>> shift > 0; shift += DIGIT_BITS) {
            Arrays.fill(next, 0);
            for (int i = 0; i < n; i++) {
                next[(int) (fromKeys[i] >>> shift & (1 << DIGIT_BITS) - 1) + 1]++;
            }
            for (int digit = 0; digit < 1 << DIGIT_BITS; digit++) {
                next[digit + 1] += next[digit];
            }
            for (int i = 0; i < n; i++) {
                int to = next[(int) (fromKeys[i] >>> shift & (1 << DIGIT_BITS) - 1)]++;
                otherKeys[to] = fromKeys[i];
                otherPoints[to] = fromPoints[i];
            }
            long[] swapKeys = fromKeys;
            fromKeys = otherKeys;
            otherKeys = swapKeys;
            int[] swapPoints = fromPoints;
            fromPoints = otherPoints;
            otherPoints = swapPoints;
        }
        if (fromKeys != keys) {
            System.arraycopy(fromKeys, 0, keys, 0, n);
            System.arraycopy(fromPoints, 0, points, 0, n);
        }
    }

    /** Number of cells that hold points. */
    int cells() {
        return keys.length;
    }

    /** Number of points in cells. */
    int size() {
        return points.length;
    }

    /** Number of points of a cell. */
    int size(int cell) {
        return starts[cell + 1] - starts[cell];
    }

    /** First place of a cell; places {@code start(cell) .. start(cell + 1) - 1} are its points. */
    int start(int cell) {
        return starts[cell];
    }

    /** The point at a place. */
    int point(int place) {
        return points[place];
    }

    /** x, y and z by place, {@code [size(), 3]}. */
    float[] coordinates() {
        return coordinates;
    }

    /** Key of a cell; cells are in ascending order of it. */
    long key(int cell) {
        return keys[cell];
    }

    /** What a step of so many cells adds to a key, each at most {@link #MARGIN}. */
    long step(int dx, int dy, int dz) {
        return dx * planeStep + dy * rowStep + dz;
    }

    /** The first cell whose key is not below the one given. */
    int firstFrom(long key) {
        int found = Arrays.binarySearch(keys, key);
        return found >= 0 ? found : -found - 1;
    }
}
