package org.scenecontexts.datasets.pairs;

import java.util.Arrays;

/** Averages the points of each voxel, as Open3D's down-sampling does (REFERENCE 3.4). */
final class VoxelAverages {

    private static final int AXIS_BITS = 21;

    private VoxelAverages() {}

    /**
     * Reduces a cloud to one point per occupied voxel; the grid starts half a voxel below the smallest coordinates.
     *
     * @param points coordinates at the start of each row of {@code stride} numbers, metres
     * @param stride numbers per point
     * @param edge of a voxel, metres
     * @return {@code [M, 3]}, in the order in which voxels are met; empty when any coordinate is not a finite number
     */
    static double[] of(double[] points, int stride, double edge) {
        int n = points.length / stride;
        double[] origin = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int axis = 0; axis < 3; axis++) {
                double value = points[i * stride + axis];
                origin[axis] = Math.min(origin[axis], value);
                sum += Math.abs(value);
            }
        }
        if (n == 0 || !Double.isFinite(sum)) {
            return new double[0];
        }
        for (int axis = 0; axis < 3; axis++) {
            origin[axis] -= edge / 2;
        }
        Table table = new Table();
        for (int i = 0; i < n; i++) {
            long key = 0;
            for (int axis = 0; axis < 3; axis++) {
                long cell = (long) Math.floor((points[i * stride + axis] - origin[axis]) / edge);
                key = key << AXIS_BITS | cell & (1L << AXIS_BITS) - 1;
            }
            table.add(key, points, i * stride);
        }
        return table.averages();
    }

    /** Sums and counts by voxel, with open addressing. */
    private static final class Table {

        private long[] keys = new long[1 << 12];
        private int[] voxelAt = filled(1 << 12);
        private double[] sums = new double[4 * (1 << 11)];
        private int size;

        private static int[] filled(int length) {
            int[] empty = new int[length];
            Arrays.fill(empty, -1);
            return empty;
        }

        void add(long key, double[] points, int row) {
            int slot = slot(key);
            if (voxelAt[slot] < 0) {
                if (2 * (size + 1) > keys.length) {
                    grow();
                    slot = slot(key);
                }
                keys[slot] = key;
                voxelAt[slot] = size++;
            }
            int voxel = 4 * voxelAt[slot];
            sums[voxel] += points[row];
            sums[voxel + 1] += points[row + 1];
            sums[voxel + 2] += points[row + 2];
            sums[voxel + 3]++;
        }

        private int slot(long key) {
            long h = key * 0x9E3779B97F4A7C15L;
            int slot = (int) (h >>> 32) & keys.length - 1;
            while (voxelAt[slot] >= 0 && keys[slot] != key) {
                slot = slot + 1 & keys.length - 1;
            }
            return slot;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldVoxels = voxelAt;
            keys = new long[2 * oldKeys.length];
            voxelAt = filled(keys.length);
            sums = Arrays.copyOf(sums, 2 * sums.length);
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldVoxels[i] >= 0) {
                    int slot = slot(oldKeys[i]);
                    keys[slot] = oldKeys[i];
                    voxelAt[slot] = oldVoxels[i];
                }
            }
        }

        double[] averages() {
            double[] averages = new double[3 * size];
            for (int v = 0; v < size; v++) {
                for (int axis = 0; axis < 3; axis++) {
                    averages[3 * v + axis] = sums[4 * v + axis] / sums[4 * v + 3];
                }
            }
            return averages;
        }
    }
}
