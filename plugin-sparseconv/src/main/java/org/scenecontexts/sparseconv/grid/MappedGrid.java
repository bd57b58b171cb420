package org.scenecontexts.sparseconv.grid;

import java.util.Arrays;
import org.scenecontexts.api.grid.GridMap;
import org.scenecontexts.api.grid.GridStructure;
import org.scenecontexts.api.grid.RadixSort;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.MapResources;
import org.scenecontexts.sparseconv.map.VoxelPyramid;

/** The grid of a batch, made of a pyramid of kernel maps. */
final class MappedGrid implements GridStructure {

    private final VoxelPyramid pyramid;
    private final int[] givenRows;

    MappedGrid(int[] coordinates, MapResources resources) {
        CoordinateSet.Sorted sorted = CoordinateSet.sort(coordinates, 1);
        pyramid = new VoxelPyramid(sorted.set(), resources);
        givenRows = sorted.order();
    }

    @Override
    public synchronized int rows(int level) {
        return pyramid.level(level).rows();
    }

    @Override
    public synchronized int[] coordinates(int level) {
        return pyramid.level(level).coordinates();
    }

    @Override
    public int[] givenRows() {
        return givenRows.clone();
    }

    @Override
    public synchronized int[] parents(int level) {
        CoordinateSet fine = pyramid.level(level);
        CoordinateSet coarse = pyramid.level(level + 1);
        // Both are sorted by key, so a cell's parent is the last that does not lie behind it.
        int[] parents = new int[fine.rows()];
        int parent = 0;
        for (int row = 0; row < parents.length; row++) {
            while (parent + 1 < coarse.rows() && coarse.key(parent + 1) <= fine.key(row)) {
                parent++;
            }
            parents[row] = parent;
        }
        return parents;
    }

    @Override
    public synchronized int[] order(int level, Curve curve) {
        CoordinateSet set = pyramid.level(level);
        int[] coordinates = set.coordinates();
        int[] offsets = set.batchOffsets();
        int[] order = new int[set.rows()];
        for (int b = 0; b < set.batchItems(); b++) {
            orderScene(coordinates, level, offsets[b], offsets[b + 1], curve, order);
        }
        return order;
    }

    private static void orderScene(int[] coordinates, int level, int from, int to, Curve curve, int[] order) {
        int[] low = new int[3];
        int[] high = new int[3];
        Arrays.fill(low, Integer.MAX_VALUE);
        Arrays.fill(high, Integer.MIN_VALUE);
        for (int row = from; row < to; row++) {
            for (int a = 0; a < 3; a++) {
                low[a] = Math.min(low[a], coordinates[4 * row + 1 + a] >> level);
                high[a] = Math.max(high[a], coordinates[4 * row + 1 + a] >> level);
            }
        }
        int largest = 0;
        for (int a = 0; a < 3 && to > from; a++) {
            largest = Math.max(largest, high[a] - low[a]);
        }
        int bits = Curve.bitsFor(largest);
        if (bits > Curve.MOST_BITS) {
            throw new IllegalArgumentException("a scene is " + (largest + 1) + " voxels wide, more than the "
                    + (1 << Curve.MOST_BITS) + " that a curve can visit; choose a larger voxel-size");
        }
        long[] codes = new long[to - from];
        for (int i = 0; i < codes.length; i++) {
            int at = 4 * (from + i) + 1;
            codes[i] = curve.code(
                    (coordinates[at] >> level) - low[0],
                    (coordinates[at + 1] >> level) - low[1],
                    (coordinates[at + 2] >> level) - low[2],
                    bits);
        }
        int[] sorted = RadixSort.sort(codes);
        for (int i = 0; i < sorted.length; i++) {
            order[from + i] = from + sorted[i];
        }
    }

    @Override
    public synchronized GridMap cube(int level, int size) {
        return pyramid.cube(level, size, KernelLayout.HYPERCUBE);
    }

    @Override
    public synchronized GridMap down(int level) {
        return pyramid.down(level);
    }

    @Override
    public synchronized GridMap up(int level) {
        return pyramid.up(level);
    }

    @Override
    public synchronized void close() {
        pyramid.close();
    }
}
