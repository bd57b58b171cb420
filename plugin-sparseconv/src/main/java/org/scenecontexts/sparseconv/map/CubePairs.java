package org.scenecontexts.sparseconv.map;

import static org.scenecontexts.sparseconv.map.CellGrid.BRICK_BITS;
import static org.scenecontexts.sparseconv.map.CellGrid.CELL_BITS;
import static org.scenecontexts.sparseconv.map.CellGrid.CENTRE;
import static org.scenecontexts.sparseconv.map.CellGrid.DIRECTIONS;
import static org.scenecontexts.sparseconv.map.CellGrid.EDGE;

import java.util.Arrays;

/**
 * Finds the neighbours of every voxel under an odd cubic kernel.
 *
 * <p>Per cell of 8x8x8 places a small cube of row numbers with a rim as wide as the kernel's radius is filled from the
 * cell and its 26 neighbours; every neighbour of every voxel is then one read at a constant distance. The cubes of a few
 * cells lie side by side, so that a list is one loop over the rows of all of them. Output rows come out ascending, so
 * nothing is sorted or scattered afterwards.
 */
final class CubePairs {

    private static final int CELL_VOXELS = 1 << CELL_BITS;

    /** Cells whose rim cubes are filled before their pairs are written: for a kernel of 3 they fit half an L1 cache. */
    private static final int CUBES = 4;

    private final int radius;
    private final int rimEdge;
    private final int rimPlaces;
    private final int shift;
    private final long[] keys;
    private final PairLists pairs;
    /** Distance in the rim cube to the neighbour under each list's offset. */
    private final int[] delta;
    /** Place in the rim cube of each voxel of a cell, by the low bits of its Morton key. */
    private final int[] place = new int[CELL_VOXELS];
    /** For each direction and brick of the cell there, the voxels that lie within the radius of this cell. */
    private final long[] border = new long[DIRECTIONS * 8];
    /** For each direction the bricks of the cell there that have such voxels, as bits. */
    private final int[] borderBricks = new int[DIRECTIONS];
    /** Distance in the rim cube to the cell in each direction. */
    private final int[] cellDelta = new int[DIRECTIONS];

    private final CellGrid grid;
    private final int[] neighbours;
    /** Rim cubes of a few cells of the current block. */
    private final int[] rims;
    /** Place in {@link #rims} of each row of the current block, and of rows of its last cell beyond it. */
    private final int[] at;

    CubePairs(CoordinateSet set, int[] listOffsets, int radius, int blockRows) {
        this.radius = radius;
        this.rimEdge = EDGE + 2 * radius;
        this.rimPlaces = rimEdge * rimEdge * rimEdge;
        this.keys = set.keys();
        this.shift = set.unitShift();
        int lists = listOffsets.length / 3;
        pairs = new PairLists(keys.length, blockRows, lists);
        delta = new int[lists];
        for (int l = 0; l < lists; l++) {
            delta[l] = listOffsets[3 * l] + rimEdge * (listOffsets[3 * l + 1] + rimEdge * listOffsets[3 * l + 2]);
        }
        for (int m = 0; m < CELL_VOXELS; m++) {
            place[m] = radius + local(m, 0) + rimEdge * (radius + local(m, 1) + rimEdge * (radius + local(m, 2)));
            for (int k = 0; k < DIRECTIONS; k++) {
                if (k != CENTRE && near(m, 0, k % 3 - 1) && near(m, 1, k / 3 % 3 - 1) && near(m, 2, k / 9 - 1)) {
                    border[8 * k + (m >> BRICK_BITS)] |= 1L << m;
                    borderBricks[k] |= 1 << (m >> BRICK_BITS);
                }
            }
        }
        grid = new CellGrid(keys, shift);
        for (int k = 0; k < DIRECTIONS; k++) {
            cellDelta[k] = EDGE * (k % 3 - 1 + rimEdge * (k / 3 % 3 - 1 + rimEdge * (k / 9 - 1)));
        }
        neighbours = radius > 0 ? grid.neighbours() : new int[0];
        rims = new int[CUBES * rimPlaces];
        at = new int[blockRows + CELL_VOXELS];
    }

    KernelMap.Pairs build() {
        int cell = 0;
        for (int first = 0; first < keys.length; first += pairs.blockRows) {
            int end = Math.min(first + pairs.blockRows, keys.length);
            // A cell that reaches over from the block before is filled once more.
            cell -= cell > 0 && grid.firstRow(cell) > first ? 1 : 0;
            int row = first;
            while (row < end) {
                int slot = 0;
                while (slot < CUBES && cell < grid.cells() && grid.firstRow(cell) < end) {
                    fill(cell++, rimPlaces * slot++, first);
                }
                int to = Math.min(end, grid.firstRow(cell));
                append(row - first, to - first);
                row = to;
            }
            pairs.endBlock();
        }
        return pairs.finish();
    }

    /** Appends the pairs of rows of the current block, three lists at a time. */
    private void append(int from, int end) {
        int list = 0;
        for (; list + 3 <= delta.length; list += 3) {
            appendThree(list, from, end);
        }
        for (; list < delta.length; list++) {
            appendOne(list, from, end);
        }
    }

    /** Writes every candidate and advances only past neighbours that exist (not negative), which needs no branch. */
    private void appendThree(int list, int from, int end) {
        int[] block = pairs.block;
        int[] rim = rims;
        int[] places = at;
        int begin0 = list * pairs.blockRows;
        int begin1 = begin0 + pairs.blockRows;
        int begin2 = begin1 + pairs.blockRows;
        int d0 = delta[list];
        int d1 = delta[list + 1];
        int d2 = delta[list + 2];
        int to0 = begin0 + pairs.count[list];
        int to1 = begin1 + pairs.count[list + 1];
        int to2 = begin2 + pairs.count[list + 2];
        int pair = from * KernelMap.NEXT_ROW;
        for (int i = from; i < end; i++) {
            int here = places[i];
            int n0 = rim[here + d0];
            int n1 = rim[here + d1];
            int n2 = rim[here + d2];
            block[to0] = pair | n0;
            block[to1] = pair | n1;
            block[to2] = pair | n2;
            to0 += ~n0 >>> 31;
            to1 += ~n1 >>> 31;
            to2 += ~n2 >>> 31;
            pair += KernelMap.NEXT_ROW;
        }
        pairs.count[list] = to0 - begin0;
        pairs.count[list + 1] = to1 - begin1;
        pairs.count[list + 2] = to2 - begin2;
    }

    private void appendOne(int list, int from, int end) {
        int[] block = pairs.block;
        int[] rim = rims;
        int[] places = at;
        int begin = list * pairs.blockRows;
        int to = begin + pairs.count[list];
        int d = delta[list];
        int pair = from * KernelMap.NEXT_ROW;
        for (int i = from; i < end; i++) {
            int neighbour = rim[places[i] + d];
            block[to] = pair | neighbour;
            to += ~neighbour >>> 31;
            pair += KernelMap.NEXT_ROW;
        }
        pairs.count[list] = to - begin;
    }

    /** Fills the rim cube of a cell that starts at place {@code base}, and says where rows from {@code first} lie. */
    private void fill(int cell, int base, int first) {
        Arrays.fill(rims, base, base + rimPlaces, -1);
        int[] rim = rims;
        int begin = grid.firstRow(cell);
        int end = grid.firstRow(cell + 1);
        for (int row = begin; row < Math.min(first, end); row++) {
            rim[base + place(row)] = row;
        }
        for (int row = Math.max(begin, first); row < end; row++) {
            int here = base + place(row);
            rim[here] = row;
            at[row - first] = here;
        }
        if (radius > 0) {
            fillRim(cell, base);
        }
    }

    private void fillRim(int cell, int base) {
        int[] rim = rims;
        for (int directions = grid.touching(cell); directions != 0; directions &= directions - 1) {
            int k = Integer.numberOfTrailingZeros(directions);
            int other = neighbours[DIRECTIONS * cell + k];
            int cellBase = base + cellDelta[k];
            for (int bits = grid.bricks(other) & borderBricks[k]; bits != 0; bits &= bits - 1) {
                int inCell = Integer.numberOfTrailingZeros(bits);
                int brick = grid.brick(other, inCell);
                long mask = grid.mask(brick);
                int row = grid.brickRow(brick);
                for (long m = mask & border[8 * k + inCell]; m != 0; m &= m - 1) {
                    int voxel = Long.numberOfTrailingZeros(m);
                    rim[cellBase + place[inCell << BRICK_BITS | voxel]] =
                            row + Long.bitCount(mask & ((1L << voxel) - 1));
                }
            }
        }
    }

    private int place(int row) {
        return place[(int) (keys[row] >>> shift) & (CELL_VOXELS - 1)];
    }

    private boolean near(int morton, int axis, int direction) {
        int c = local(morton, axis);
        return direction == 0 || (direction > 0 ? c < radius : c >= EDGE - radius);
    }

    private static int local(int morton, int axis) {
        return (morton >> axis & 1) | (morton >> (axis + 3) & 1) << 1 | (morton >> (axis + 6) & 1) << 2;
    }
}
