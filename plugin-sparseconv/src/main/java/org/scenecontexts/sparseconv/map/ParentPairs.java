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
        int firstParent = down.firstRow(segment);
        int endParent = Math.min(coarse.length, down.firstRow(segment + 1));
        int first = lowerBound(fine, coarse[firstParent]);
        int end = endParent == coarse.length ? fine.length : lowerBound(fine, coarse[endParent]);
        PairLists lists =
                new PairLists(down, down.firstBlock(segment), down.firstBlock(segment + 1), EXPECTED_CHILDREN);
        int blockEnd = firstParent + down.blockRows;
        int parent = firstParent;
        for (int row = first; row < end; row++) {
            parent = next(parent, row, row > first);
            if (isParent(parent, row)) {
                while (parent >= blockEnd) {
                    lists.endBlock();
                    blockEnd += down.blockRows;
                }
                lists.add(child(row), parent, row);
            }
        }
        lists.finish();
    }

    private void parents(int segment) {
        int first = up.firstRow(segment);
        int end = Math.min(fine.length, up.firstRow(segment + 1));
        PairLists lists = new PairLists(up, up.firstBlock(segment), up.firstBlock(segment + 1), 1);
        int blockEnd = first + up.blockRows;
        int parent = lowerBound(coarse, fine[first] & parentMask);
        for (int row = first; row < end; row++) {
            if (row == blockEnd) {
                lists.endBlock();
                blockEnd += up.blockRows;
            }
            parent = next(parent, row, row > first);
            if (isParent(parent, row)) {
                lists.add(child(row), row, parent);
            }
        }
        lists.finish();
    }

    /**
     * The coarse row at which to look for the parent of a row, given that of the row before: without a branch the next one
     * where the parent is another, and by search where the coarse set is not made of the fine one.
     */
    private int next(int parent, int row, boolean hasBefore) {
        long key = fine[row] & parentMask;
        long change = hasBefore ? key ^ fine[row - 1] & parentMask : 0;
        int at = parent + (int) ((change | -change) >>> 63);
        return at < coarse.length && coarse[at] == key ? at : lowerBound(coarse, key);
    }

    private boolean isParent(int parent, int row) {
        return parent < coarse.length && coarse[parent] == (fine[row] & parentMask);
    }

    private int child(int row) {
        return (int) (fine[row] >>> shift) & (CHILDREN - 1);
    }

    private static int lowerBound(long[] keys, long key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? -at - 1 : at;
    }
}
