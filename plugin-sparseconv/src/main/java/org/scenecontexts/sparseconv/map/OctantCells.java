package org.scenecontexts.sparseconv.map;

import java.util.Arrays;
import org.scenecontexts.api.grid.MortonKey;

/**
 * Says which cells of 8x8x8 places a set of voxels occupies, where their rows start and which cells touch, so that the
 * neighbours of all voxels of a cell are found at once.
 *
 * <p>A cell is a run of rows in Morton order, and so is a brick, an eighth of it, 4x4x4: its voxels are the bits of a
 * {@code long}. Only cells are hashed, about one for sixty voxels, and only half of their neighbours are looked up, the
 * other half following by symmetry.
 */
final class OctantCells {

    /** Edge of a cell. */
    static final int EDGE = 8;

    /** Bits of a voxel's place in its cell. */
    static final int CELL_BITS = 9;

    /** Bits of a voxel's place in its brick. */
    static final int BRICK_BITS = 6;

    /** A cell and its 26 neighbours, x fastest. */
    static final int DIRECTIONS = 27;

    /** The direction that is the cell itself. */
    static final int CENTRE = 13;

    private int bricks;
    private long[] brickKey;
    private int[] brickRow;
    private long[] brickMask;
    private int cells;
    private long[] cellKey;
    private int[] cellBrick;
    private int[] cellBricks;
    private int[] touching;

    /**
     * @param keys of the set, ascending
     * @param shift bits by which a key is shifted so that neighbouring voxels differ by one
     */
    OctantCells(long[] keys, int shift) {
        findBricks(keys, shift);
        findCells();
        brickRow[bricks] = keys.length;
    }

    private void findBricks(long[] keys, int shift) {
        // Indoor surfaces have about eleven voxels in a brick; the arrays grow if there are fewer.
        int capacity = keys.length / 8 + 16;
        brickKey = new long[capacity];
        brickRow = new int[capacity];
        brickMask = new long[capacity];
        long brick = -1;
        int b = -1;
        long mask = 0;
        for (int row = 0; row < keys.length; row++) {
            long unit = keys[row] >>> shift;
            if (unit >>> BRICK_BITS != brick) {
                if (b >= 0) {
                    brickMask[b] = mask;
                }
                mask = 0;
                brick = unit >>> BRICK_BITS;
                b++;
                // One place more than bricks, for the end.
                if (b + 1 == brickKey.length) {
                    growBricks();
                }
                brickKey[b] = brick;
                brickRow[b] = row;
            }
            mask |= 1L << unit;
        }
        if (b >= 0) {
            brickMask[b] = mask;
        }
        bricks = b + 1;
    }

    private void growBricks() {
        int capacity = 2 * brickKey.length;
        brickKey = Arrays.copyOf(brickKey, capacity);
        brickRow = Arrays.copyOf(brickRow, capacity);
        brickMask = Arrays.copyOf(brickMask, capacity);
    }

    private void findCells() {
        long cell = -1;
        for (int b = 0; b < bricks; b++) {
            cells += brickKey[b] >>> 3 != cell ? 1 : 0;
            cell = brickKey[b] >>> 3;
        }
        cellKey = new long[cells];
        cellBrick = new int[cells + 1];
        cellBricks = new int[cells];
        touching = new int[cells];
        int c = -1;
        cell = -1;
        for (int b = 0; b < bricks; b++) {
            if (brickKey[b] >>> 3 != cell) {
                cell = brickKey[b] >>> 3;
                c++;
                cellKey[c] = cell;
                cellBrick[c] = b;
            }
            cellBricks[c] |= 1 << (brickKey[b] & 7);
        }
        cellBrick[cells] = bricks;
    }

    /** Number of cells. */
    int cells() {
        return cells;
    }

    /** First row of a cell; the number of rows for {@link #cells()}. */
    int firstRow(int cell) {
        return brickRow[cellBrick[cell]];
    }

    /** The cell that has a row. */
    int cellOf(int row) {
        int low = 0;
        int high = cells - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstRow(middle) <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Bit {@code b} says whether brick {@code b} of a cell has voxels. */
    int bricks(int cell) {
        return cellBricks[cell];
    }

    /** Bit {@code k} says whether there is a cell in direction {@code k}, x fastest. */
    int touching(int cell) {
        return touching[cell];
    }

    /** Number of a brick of a cell, for {@link #mask} and {@link #brickRow}. */
    int brick(int cell, int inCell) {
        return cellBrick[cell] + Integer.bitCount(cellBricks[cell] & ((1 << inCell) - 1));
    }

    /** Voxels of a brick, by the low bits of their Morton keys. */
    long mask(int brick) {
        return brickMask[brick];
    }

    /** First row of a brick. */
    int brickRow(int brick) {
        return brickRow[brick];
    }

    /**
     * Looks up which cells touch; afterwards {@link #touching} says it too.
     *
     * @param neighbours is given at {@code [cell * 27 + dx + 1 + 3 (dy + 1) + 9 (dz + 1)]} the cell there; what stands
     *     where there is none is left as it was
     */
    void findNeighbours(int[] neighbours) {
        int capacity = Integer.highestOneBit(Math.max(1, cells)) * 4;
        int[] table = new int[capacity];
        int bits = Integer.numberOfTrailingZeros(capacity);
        for (int cell = 0; cell < cells; cell++) {
            int slot = slot(cellKey[cell], bits);
            while (table[slot] != 0) {
                slot = (slot + 1) & (capacity - 1);
            }
            table[slot] = cell + 1;
        }
        long maskX = MortonKey.X_MASK;
        long maskY = maskX << 1;
        long maskZ = maskX << 2;
        for (int cell = 0; cell < cells; cell++) {
            long key = cellKey[cell];
            long batch = key & ~(maskX | maskY | maskZ);
            // The half above the centre in x-fastest order; 26 - k is the mirror of k.
            for (int k = CENTRE + 1; k < DIRECTIONS; k++) {
                long x = step(key, maskX, k % 3 - 1);
                long y = step(key, maskY, k / 3 % 3 - 1);
                long z = step(key, maskZ, k / 9 - 1);
                int other = lookUp(table, bits, batch | x | y | z);
                if (other >= 0) {
                    neighbours[DIRECTIONS * cell + k] = other;
                    neighbours[DIRECTIONS * other + DIRECTIONS - 1 - k] = cell;
                    touching[cell] |= 1 << k;
                    touching[other] |= 1 << (DIRECTIONS - 1 - k);
                }
            }
        }
    }

    /** Adds -1, 0 or 1 to one interleaved coordinate. */
    private static long step(long key, long mask, int d) {
        return d == 0 ? key & mask : d > 0 ? ((key | ~mask) + 1) & mask : ((key & mask) - 1) & mask;
    }

    private int lookUp(int[] table, int bits, long key) {
        int slot = slot(key, bits);
        while (true) {
            int cell = table[slot] - 1;
            if (cell < 0 || cellKey[cell] == key) {
                return cell;
            }
            slot = (slot + 1) & (table.length - 1);
        }
    }

    private static int slot(long key, int bits) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - bits));
    }
}
