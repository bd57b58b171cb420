package org.scenecontexts.sparseconv.map;

import java.util.Arrays;

/**
 * Finds for every voxel the voxel of twice the edge that it lies in, both ways.
 *
 * <p>In Morton order the voxels in a coarse one follow each other, and so do the coarse ones: runs of rows are merged, each
 * run independent of the others.
 */
final class ParentPairs {

    private static final int CHILDREN = 8;

    /** Indoor surfaces have about four voxels in one of twice the edge. */
    private static final int EXPECTED_CHILDREN = 5;

    /** Pairs of coarse output rows. */
    final PairTable down;

    /** Pairs of fine output rows. */
    final PairTable up;

    private final MapResources resources;
    private final long[] fine;
    private final long[] coarse;
    private final int shift;
    private final long parentMask;

    ParentPairs(CoordinateSet fine, CoordinateSet coarse, int blockRows, MapResources resources) {
        this.resources = resources;
        this.fine = fine.keys();
        this.coarse = coarse.keys();
        shift = fine.unitShift();
        parentMask = -1L << (shift + 3);
        down = new PairTable(coarse.rows(), blockRows, CHILDREN, resources.memory());
        up = new PairTable(fine.rows(), blockRows, CHILDREN, resources.memory());
    }

    void build() {
        int downPieces = down.segments();
        resources.parallel().run(downPieces + up.segments(), piece -> {
            if (piece < downPieces) {
                children(piece);
            } else {
                parents(piece - downPieces);
            }
        });
    }

    private void children(int segment) {
        PairLists lists =
                new PairLists(down, down.firstBlock(segment), down.firstBlock(segment + 1), EXPECTED_CHILDREN);
        int end = Math.min(coarse.length, down.firstRow(segment + 1));
        int blockEnd = down.firstRow(segment) + down.blockRows;
        int row = lowerBound(fine, coarse[down.firstRow(segment)]);
        for (int parent = down.firstRow(segment); parent < end; parent++) {
            if (parent == blockEnd) {
                lists.endBlock();
                blockEnd += down.blockRows;
            }
            long key = coarse[parent];
            while (row < fine.length && (fine[row] & parentMask) < key) {
                row++;
            }
            for (; row < fine.length && (fine[row] & parentMask) == key; row++) {
                lists.add(child(row), parent, row);
            }
        }
        lists.finish();
    }

    private void parents(int segment) {
        PairLists lists = new PairLists(up, up.firstBlock(segment), up.firstBlock(segment + 1), 1);
        int end = Math.min(fine.length, up.firstRow(segment + 1));
        int blockEnd = up.firstRow(segment) + up.blockRows;
        int parent = lowerBound(coarse, fine[up.firstRow(segment)] & parentMask);
        for (int row = up.firstRow(segment); row < end; row++) {
            if (row == blockEnd) {
                lists.endBlock();
                blockEnd += up.blockRows;
            }
            long key = fine[row] & parentMask;
            while (parent < coarse.length && coarse[parent] < key) {
                parent++;
            }
            if (parent < coarse.length && coarse[parent] == key) {
                lists.add(child(row), row, parent);
            }
        }
        lists.finish();
    }

    private int child(int row) {
        return (int) (fine[row] >>> shift) & (CHILDREN - 1);
    }

    private static int lowerBound(long[] keys, long key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? -at - 1 : at;
    }
}
