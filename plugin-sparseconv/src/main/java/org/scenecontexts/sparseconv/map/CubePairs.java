package org.scenecontexts.sparseconv.map;

import java.util.Arrays;

/**
 * Finds the neighbours of every voxel under an odd cubic kernel.
 *
 * <p>Voxels are taken in cells of 8x8x8, which are runs of rows in Morton order. Per cell a small cube of row numbers
 * with a rim as wide as the kernel's radius is filled from the cell and its 26 neighbours; every neighbour of every
 * voxel is then one read at a constant distance. Only cells are hashed, about one for sixty voxels, and only half of
 * their neighbours are looked up, the other half following by symmetry. Output rows come out ascending, so nothing is
 * sorted or scattered afterwards.
 */
final class CubePairs {

    private static final int EDGE = 8;
    private static final int CELL_BITS = 9;
    private static final int CELL_VOXELS = 1 << CELL_BITS;

    /** A brick is an eighth of a cell, 4x4x4: its voxels are the bits of a {@code long}. */
    private static final int BRICK_BITS = 6;

    private static final int DIRECTIONS = 27;
    private static final int CENTRE = 13;

    private final int radius;
    private final int rimEdge;
    private final int shift;
    private final long[] keys;
    private final PairLists pairs;
    /** Distance in the rim cube to the neighbour under each list's offset. */
    private final int[] delta;
    /** Place in the rim cube of each voxel of a cell, by the low bits of its Morton key. */
    private final int[] place = new int[CELL_VOXELS];
    /** For each direction and brick of the cell there, the voxels that lie within the radius of this cell. */
    private final long[] border = new long[DIRECTIONS * 8];

    private int cells;
    private int bricks;
    private long[] cellKey;
    private int[] cellBrick;
    private int[] cellRow;
    private int[] brickRow;
    private int[] brickInCell;
    private long[] brickMask;
    private int[] neighbours;

    CubePairs(CoordinateSet set, int[] listOffsets, int radius, int blockRows) {
        this.radius = radius;
        this.rimEdge = EDGE + 2 * radius;
        this.keys = set.keys();
        this.shift = set.unitShift();
        int lists = listOffsets.length / 3;
        // Indoor surfaces have about half of a 3x3x3 kernel's neighbours; the lists grow if there are more.
        int expected = (int) Math.min(Integer.MAX_VALUE - 8, (long) keys.length * (lists / 2 + 1));
        pairs = new PairLists(keys.length, blockRows, lists, expected);
        delta = new int[lists];
        for (int l = 0; l < lists; l++) {
            delta[l] = listOffsets[3 * l] + rimEdge * (listOffsets[3 * l + 1] + rimEdge * listOffsets[3 * l + 2]);
        }
        for (int m = 0; m < CELL_VOXELS; m++) {
            place[m] = radius + local(m, 0) + rimEdge * (radius + local(m, 1) + rimEdge * (radius + local(m, 2)));
            for (int k = 0; k < DIRECTIONS; k++) {
                boolean near =
                        k != CENTRE && near(m, 0, k % 3 - 1) && near(m, 1, k / 3 % 3 - 1) && near(m, 2, k / 9 - 1);
                border[8 * k + (m >> BRICK_BITS)] |= near ? 1L << m : 0;
            }
        }
    }

    KernelMap.Pairs build() {
        findCells();
        if (radius > 0) {
            findNeighbours();
        }
        int[] rim = new int[rimEdge * rimEdge * rimEdge];
        int[] at = new int[CELL_VOXELS];
        int blockEnd = Math.min(pairs.blockRows, keys.length);
        for (int cell = 0; cell < cells; cell++) {
            int first = cellRow[cell];
            int end = cellRow[cell + 1];
            for (int row = first; row < end; row++) {
                at[row - first] = place[(int) (keys[row] >>> shift) & (CELL_VOXELS - 1)];
            }
            fillRim(cell, rim, at);
            int row = first;
            while (row < end) {
                int to = Math.min(end, blockEnd);
                append(rim, at, row - first, row, to - row);
                row = to;
                if (row == blockEnd) {
                    pairs.endBlock();
                    blockEnd = Math.min(blockEnd + pairs.blockRows, keys.length);
                }
            }
        }
        return pairs.finish();
    }

    /** Appends the pairs of {@code n} voxels from row {@code row}, three lists at a time. */
    private void append(int[] rim, int[] at, int first, int row, int n) {
        int list = 0;
        for (; list + 3 <= delta.length; list += 3) {
            appendThree(rim, at, first, row, n, list);
        }
        for (; list < delta.length; list++) {
            appendOne(rim, at, first, row, n, list);
        }
    }

    /** Writes every candidate and advances only past neighbours that exist (not negative), which needs no branch. */
    private void appendThree(int[] rim, int[] at, int first, int row, int n, int list) {
        long[] block = pairs.block;
        int[] count = pairs.count;
        int begin = list * pairs.blockRows;
        int d0 = delta[list];
        int d1 = delta[list + 1];
        int d2 = delta[list + 2];
        int to0 = begin + count[list];
        int to1 = begin + pairs.blockRows + count[list + 1];
        int to2 = begin + 2 * pairs.blockRows + count[list + 2];
        long pair = (long) row << 32;
        for (int i = first; i < first + n; i++) {
            int place = at[i];
            int n0 = rim[place + d0];
            int n1 = rim[place + d1];
            int n2 = rim[place + d2];
            block[to0] = pair | n0;
            block[to1] = pair | n1;
            block[to2] = pair | n2;
            to0 += ~n0 >>> 31;
            to1 += ~n1 >>> 31;
            to2 += ~n2 >>> 31;
            pair += 1L << 32;
        }
        count[list] = to0 - begin;
        count[list + 1] = to1 - begin - pairs.blockRows;
        count[list + 2] = to2 - begin - 2 * pairs.blockRows;
    }

    private void appendOne(int[] rim, int[] at, int first, int row, int n, int list) {
        long[] block = pairs.block;
        int begin = list * pairs.blockRows;
        int to = begin + pairs.count[list];
        int d = delta[list];
        long pair = (long) row << 32;
        for (int i = first; i < first + n; i++) {
            int neighbour = rim[at[i] + d];
            block[to] = pair | neighbour;
            to += ~neighbour >>> 31;
            pair += 1L << 32;
        }
        pairs.count[list] = to - begin;
    }

    private void findCells() {
        long cell = -1;
        long brick = -1;
        for (long key : keys) {
            long unit = key >>> shift;
            cells += unit >>> CELL_BITS != cell ? 1 : 0;
            bricks += unit >>> BRICK_BITS != brick ? 1 : 0;
            cell = unit >>> CELL_BITS;
            brick = unit >>> BRICK_BITS;
        }
        cellKey = new long[cells];
        cellRow = new int[cells + 1];
        cellBrick = new int[cells + 1];
        brickRow = new int[bricks];
        brickInCell = new int[bricks];
        brickMask = new long[bricks];
        int c = -1;
        int b = -1;
        cell = -1;
        brick = -1;
        for (int row = 0; row < keys.length; row++) {
            long unit = keys[row] >>> shift;
            if (unit >>> BRICK_BITS != brick) {
                brick = unit >>> BRICK_BITS;
                b++;
                brickRow[b] = row;
                brickInCell[b] = (int) brick & 7;
                if (unit >>> CELL_BITS != cell) {
                    cell = unit >>> CELL_BITS;
                    c++;
                    cellKey[c] = cell;
                    cellRow[c] = row;
                    cellBrick[c] = b;
                }
            }
            brickMask[b] |= 1L << unit;
        }
        cellRow[cells] = keys.length;
        cellBrick[cells] = bricks;
    }

    /** Fills {@code neighbours[cell * 27 + dx + 1 + 3 (dy + 1) + 9 (dz + 1)]} with cells, or -1. */
    private void findNeighbours() {
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
        neighbours = new int[DIRECTIONS * cells];
        Arrays.fill(neighbours, -1);
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

    private void fillRim(int cell, int[] rim, int[] at) {
        Arrays.fill(rim, -1);
        int first = cellRow[cell];
        for (int row = first; row < cellRow[cell + 1]; row++) {
            rim[at[row - first]] = row;
        }
        if (radius == 0) {
            return;
        }
        for (int k = 0; k < DIRECTIONS; k++) {
            int other = neighbours[DIRECTIONS * cell + k];
            if (other < 0) {
                continue;
            }
            int shiftOfCell = EDGE * (k % 3 - 1 + rimEdge * (k / 3 % 3 - 1 + rimEdge * (k / 9 - 1)));
            for (int b = cellBrick[other]; b < cellBrick[other + 1]; b++) {
                int inCell = brickInCell[b];
                long mask = brickMask[b];
                for (long m = mask & border[8 * k + inCell]; m != 0; m &= m - 1) {
                    int voxel = Long.numberOfTrailingZeros(m);
                    int row = brickRow[b] + Long.bitCount(mask & ((1L << voxel) - 1));
                    rim[place[inCell << BRICK_BITS | voxel] + shiftOfCell] = row;
                }
            }
        }
    }

    private boolean near(int morton, int axis, int direction) {
        int c = local(morton, axis);
        return direction == 0 || (direction > 0 ? c < radius : c >= EDGE - radius);
    }

    private static int local(int morton, int axis) {
        return (morton >> axis & 1) | (morton >> (axis + 3) & 1) << 1 | (morton >> (axis + 6) & 1) << 2;
    }
}
