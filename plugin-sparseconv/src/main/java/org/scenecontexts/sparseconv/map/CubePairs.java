package org.scenecontexts.sparseconv.map;

import java.util.Arrays;

/**
 * Finds the neighbours of every voxel under an odd cubic kernel.
 *
 * <p>Voxels are taken in cells of 4x4x4, which are runs of rows in Morton order. Per cell a small cube of row numbers
 * with a rim as wide as the kernel's radius is filled from the cell and its 26 neighbours; every neighbour of every
 * voxel is then one read at a constant distance. Only cells are hashed, a tenth as many as voxels, and only half of
 * their neighbours are looked up, the other half following by symmetry. Output rows come out ascending, so nothing is
 * sorted or scattered afterwards.
 */
final class CubePairs {

    private static final int EDGE = 4;

    private final int[] listOffsets;
    private final int radius;
    private final int rimEdge;
    private final int shift;
    private final long[] keys;
    private final PairLists pairs;

    private int cells;
    private int[] cellStart;
    private long[] cellKey;
    private long[] cellMask;
    private int[] neighbours;

    CubePairs(CoordinateSet set, int[] listOffsets, int radius, int blockRows) {
        this.listOffsets = listOffsets;
        this.radius = radius;
        this.rimEdge = EDGE + 2 * radius;
        this.keys = set.keys();
        this.shift = set.unitShift();
        int lists = listOffsets.length / 3;
        // Indoor surfaces have about half of a 3x3x3 kernel's neighbours; the lists grow if there are more.
        int expected = (int) Math.min(Integer.MAX_VALUE - 8, (long) keys.length * (lists / 2 + 1));
        pairs = new PairLists(keys.length, blockRows, lists, expected);
    }

    KernelMap.Pairs build() {
        findCells();
        if (radius > 0) {
            findNeighbours();
        }
        int[] rim = new int[rimEdge * rimEdge * rimEdge];
        int[] place = places();
        long[] border = borders();
        int[] delta = new int[pairs.lists];
        for (int l = 0; l < delta.length; l++) {
            delta[l] = listOffsets[3 * l] + rimEdge * (listOffsets[3 * l + 1] + rimEdge * listOffsets[3 * l + 2]);
        }
        int blockRows = pairs.blockRows;
        int blockEnd = Math.min(blockRows, keys.length);
        int[] at = new int[EDGE * EDGE * EDGE];
        for (int cell = 0; cell < cells; cell++) {
            fillRim(cell, rim, place, border);
            int row = cellStart[cell];
            int end = cellStart[cell + 1];
            while (row < end) {
                int to = Math.min(end, blockEnd);
                for (int i = row; i < to; i++) {
                    at[i - row] = place[(int) (keys[i] >>> shift) & 63];
                }
                append(rim, at, delta, row, to - row);
                row = to;
                if (row == blockEnd) {
                    pairs.endBlock();
                    blockEnd = Math.min(blockEnd + blockRows, keys.length);
                }
            }
        }
        return pairs.finish();
    }

    /** Appends the pairs of {@code n} voxels from row {@code row}; without a branch on whether a neighbour exists. */
    private void append(int[] rim, int[] at, int[] delta, int row, int n) {
        int[] out = pairs.blockOut;
        int[] in = pairs.blockIn;
        int[] count = pairs.count;
        for (int l = 0; l < delta.length; l++) {
            int to = l * pairs.blockRows + count[l];
            int first = to;
            int d = delta[l];
            for (int i = 0; i < n; i++) {
                int neighbour = rim[at[i] + d];
                out[to] = row + i;
                in[to] = neighbour;
                to += (neighbour >>> 31) ^ 1;
            }
            count[l] += to - first;
        }
    }

    private void findCells() {
        int n = keys.length;
        long last = -1;
        for (int pass = 0; pass < 2; pass++) {
            cells = 0;
            last = -1;
            for (int row = 0; row < n; row++) {
                long unit = keys[row] >>> shift;
                long cell = unit >>> 6;
                if (cell != last) {
                    if (pass == 1) {
                        cellKey[cells] = cell;
                        cellStart[cells] = row;
                    }
                    cells++;
                    last = cell;
                }
                if (pass == 1) {
                    cellMask[cells - 1] |= 1L << (unit & 63);
                }
            }
            if (pass == 0) {
                cellKey = new long[cells];
                cellStart = new int[cells + 1];
                cellMask = new long[cells];
            }
        }
        cellStart[cells] = n;
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
        neighbours = new int[27 * cells];
        Arrays.fill(neighbours, -1);
        long maskX = MortonKey.X_MASK;
        long maskY = maskX << 1;
        long maskZ = maskX << 2;
        for (int cell = 0; cell < cells; cell++) {
            long key = cellKey[cell];
            long batch = key & ~(maskX | maskY | maskZ);
            // Offsets 14 to 26 are the half above the centre in x-fastest order; 26 - k is the mirror of k.
            for (int k = 14; k < 27; k++) {
                long x = step(key, maskX, k % 3 - 1);
                long y = step(key, maskY, k / 3 % 3 - 1);
                long z = step(key, maskZ, k / 9 - 1);
                int other = lookUp(table, bits, batch | x | y | z);
                if (other >= 0) {
                    neighbours[27 * cell + k] = other;
                    neighbours[27 * other + 26 - k] = cell;
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

    private void fillRim(int cell, int[] rim, int[] place, long[] border) {
        Arrays.fill(rim, -1);
        int row = cellStart[cell];
        for (long m = cellMask[cell]; m != 0; m &= m - 1) {
            rim[place[Long.numberOfTrailingZeros(m)]] = row++;
        }
        if (radius == 0) {
            return;
        }
        for (int k = 0; k < 27; k++) {
            int other = neighbours[27 * cell + k];
            if (other < 0) {
                continue;
            }
            int shiftOfCell = EDGE * (k % 3 - 1 + rimEdge * (k / 3 % 3 - 1 + rimEdge * (k / 9 - 1)));
            long mask = cellMask[other];
            int first = cellStart[other];
            for (long m = mask & border[k]; m != 0; m &= m - 1) {
                long bit = m & -m;
                rim[place[Long.numberOfTrailingZeros(m)] + shiftOfCell] = first + Long.bitCount(mask & (bit - 1));
            }
        }
    }

    /** Place in the rim cube of each voxel of a cell, by the low six bits of its Morton key. */
    private int[] places() {
        int[] place = new int[64];
        for (int m = 0; m < 64; m++) {
            place[m] = radius + local(m, 0) + rimEdge * (radius + local(m, 1) + rimEdge * (radius + local(m, 2)));
        }
        return place;
    }

    /** For each of the 27 directions the voxels of the cell there that lie within the radius of this cell. */
    private long[] borders() {
        long[] border = new long[27];
        for (int k = 0; k < 27; k++) {
            int[] direction = {k % 3 - 1, k / 3 % 3 - 1, k / 9 - 1};
            for (int m = 0; m < 64; m++) {
                boolean near = true;
                for (int axis = 0; axis < 3; axis++) {
                    int c = local(m, axis);
                    near &= direction[axis] == 0 || (direction[axis] > 0 ? c < radius : c >= EDGE - radius);
                }
                border[k] |= near ? 1L << m : 0;
            }
        }
        border[13] = 0;
        return border;
    }

    private static int local(int morton, int axis) {
        return (morton >> axis & 1) | (morton >> (axis + 3) & 1) << 1;
    }
}
