package org.scenecontexts.sparseconv.map;

import static org.scenecontexts.sparseconv.map.OctantCells.BRICK_BITS;
import static org.scenecontexts.sparseconv.map.OctantCells.DIRECTIONS;
import static org.scenecontexts.sparseconv.map.RimShape.CELL_VOXELS;

import java.util.Arrays;

/**
 * Finds the neighbours of every voxel under an odd cubic kernel.
 *
 * <p>Per cell of 8x8x8 places a small cube of row numbers with a rim as wide as the kernel's radius is filled from the
 * cell and its 26 neighbours; every neighbour of every voxel is then one read at a constant distance. The cubes of a few
 * cells lie side by side, so that a list is one loop over the rows of all of them. Output rows come out ascending, so
 * nothing is sorted or scattered afterwards. Runs of blocks are independent of each other.
 */
final class CubePairs {

    /** Cells whose rim cubes are filled before their pairs are written: for a kernel of 3 they fit half an L1 cache. */
    private static final int CUBES = 4;

    private final MapResources resources;
    private final RimShape shape;
    private final int shift;
    private final long[] keys;
    private final PairTable table;
    private final int expected;
    /** Distance in the rim cube to the neighbour under each list's offset. */
    private final int[] delta;

    private final OctantCells grid;
    private final int[] neighbours;

    CubePairs(CoordinateSet set, int[] listOffsets, int size, int blockRows, MapResources resources) {
        this.resources = resources;
        this.shape = RimShape.of(size);
        this.keys = set.keys();
        this.shift = set.unitShift();
        delta = shape.deltas(listOffsets);
        table = new PairTable(keys.length, blockRows, delta.length, resources.memory());
        // Indoor surfaces have 13 to 15 neighbours under a kernel of 3, the voxel itself included.
        expected = 1 + delta.length * 9 / 16;
        grid = new OctantCells(keys, shift);
        neighbours = resources.memory().take(shape.radius > 0 ? DIRECTIONS * grid.cells() : 0);
        if (shape.radius > 0) {
            grid.findNeighbours(neighbours);
        }
    }

    PairTable build() {
        resources.parallel().run(table.segments(), segment -> new Segment(segment).build());
        resources.memory().give(neighbours);
        return table;
    }

    /** A run of blocks, and what one thread needs to find its pairs. */
    private final class Segment {

        private final int first;
        private final int end;
        private final PairLists pairs;
        /** Rim cubes of a few cells. */
        private final int[] rims;
        /** Place in {@link #rims} of each row of these cells. */
        private final int[] at;

        Segment(int number) {
            first = table.firstRow(number);
            end = Math.min(keys.length, table.firstRow(number + 1));
            pairs = new PairLists(table, table.firstBlock(number), table.firstBlock(number + 1), expected);
            rims = resources.memory().take(CUBES * shape.places);
            at = resources.memory().take(CUBES * CELL_VOXELS);
        }

        void build() {
            int cell = grid.cellOf(first);
            int row = first;
            int blockFirst = first;
            while (row < end) {
                int atFirst = grid.firstRow(cell);
                for (int slot = 0; slot < CUBES && cell < grid.cells() && grid.firstRow(cell) < end; slot++) {
                    fill(cell++, shape.places * slot, atFirst);
                }
                int filled = Math.min(end, grid.firstRow(cell));
                while (row < filled) {
                    int to = Math.min(filled, blockFirst + table.blockRows);
                    append(row - atFirst, to - atFirst, (row - blockFirst) * KernelMap.NEXT_ROW);
                    row = to;
                    if (row == blockFirst + table.blockRows) {
                        pairs.endBlock();
                        blockFirst = row;
                    }
                }
            }
            pairs.finish();
            resources.memory().give(rims);
            resources.memory().give(at);
        }

        /**
         * Appends the pairs of rows of the current block, three lists at a time.
         *
         * @param from first row, an index into {@link #at}
         * @param to one past the last
         * @param pair the first row in the block, as a pair with input row 0
         */
        private void append(int from, int to, int pair) {
            int list = 0;
            for (; list + 3 <= delta.length; list += 3) {
                appendThree(list, from, to, pair);
            }
            for (; list < delta.length; list++) {
                appendOne(list, from, to, pair);
            }
        }

        /** Writes every candidate and advances only past neighbours that exist (not negative), which needs no branch. */
        private void appendThree(int list, int from, int end, int firstPair) {
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
            int pair = firstPair;
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

        private void appendOne(int list, int from, int end, int firstPair) {
            int[] block = pairs.block;
            int[] rim = rims;
            int[] places = at;
            int begin = list * pairs.blockRows;
            int to = begin + pairs.count[list];
            int d = delta[list];
            int pair = firstPair;
            for (int i = from; i < end; i++) {
                int neighbour = rim[places[i] + d];
                block[to] = pair | neighbour;
                to += ~neighbour >>> 31;
                pair += KernelMap.NEXT_ROW;
            }
            pairs.count[list] = to - begin;
        }

        /** Fills the rim cube of a cell that starts at place {@code base}, and says where its rows lie. */
        private void fill(int cell, int base, int atFirst) {
            int[] rim = rims;
            int[] places = at;
            int[] place = shape.place;
            Arrays.fill(rim, base, base + shape.places, -1);
            int end = grid.firstRow(cell + 1);
            for (int row = grid.firstRow(cell); row < end; row++) {
                int here = base + place[(int) (keys[row] >>> shift) & (CELL_VOXELS - 1)];
                rim[here] = row;
                places[row - atFirst] = here;
            }
            if (shape.radius > 0) {
                fillRim(cell, base);
            }
        }

        private void fillRim(int cell, int base) {
            int[] rim = rims;
            int[] place = shape.place;
            for (int directions = grid.touching(cell); directions != 0; directions &= directions - 1) {
                int k = Integer.numberOfTrailingZeros(directions);
                int other = neighbours[DIRECTIONS * cell + k];
                int cellBase = base + shape.cellDelta[k];
                for (int bits = grid.bricks(other) & shape.borderBricks[k]; bits != 0; bits &= bits - 1) {
                    int inCell = Integer.numberOfTrailingZeros(bits);
                    int brick = grid.brick(other, inCell);
                    long mask = grid.mask(brick);
                    int row = grid.brickRow(brick);
                    for (long m = mask & shape.border[8 * k + inCell]; m != 0; m &= m - 1) {
                        int voxel = Long.numberOfTrailingZeros(m);
                        rim[cellBase + place[inCell << BRICK_BITS | voxel]] =
                                row + Long.bitCount(mask & ((1L << voxel) - 1));
                    }
                }
            }
        }
    }
}
