package org.scenecontexts.sparseconv.map;

import static org.scenecontexts.sparseconv.map.OctantCells.BRICK_BITS;
import static org.scenecontexts.sparseconv.map.OctantCells.CELL_BITS;
import static org.scenecontexts.sparseconv.map.OctantCells.CENTRE;
import static org.scenecontexts.sparseconv.map.OctantCells.DIRECTIONS;
import static org.scenecontexts.sparseconv.map.OctantCells.EDGE;

/**
 * Says where the voxels of a cell and of the cells around it lie in the cell's rim cube, which does not depend on the voxels
 * and so is worked out once per size of kernel.
 */
final class RimShape {

    static final int CELL_VOXELS = 1 << CELL_BITS;

    private static final RimShape THREE = new RimShape(3);

    final int radius;

    /** Number of places of a rim cube. */
    final int places;

    /** Place of each voxel of the cell, by the low bits of its Morton key. */
    final int[] place = new int[CELL_VOXELS];

    /** For each direction and brick of the cell there, the voxels that lie within the radius of this cell. */
    final long[] border = new long[DIRECTIONS * 8];

    /** For each direction the bricks of the cell there that have such voxels, as bits. */
    final int[] borderBricks = new int[DIRECTIONS];

    /** Distance to the cell in each direction. */
    final int[] cellDelta = new int[DIRECTIONS];

    private final int edge;

    private RimShape(int size) {
        radius = size / 2;
        edge = EDGE + 2 * radius;
        places = edge * edge * edge;
        for (int m = 0; m < CELL_VOXELS; m++) {
            place[m] = radius + local(m, 0) + edge * (radius + local(m, 1) + edge * (radius + local(m, 2)));
            for (int k = 0; k < DIRECTIONS; k++) {
                if (k != CENTRE && near(m, 0, k % 3 - 1) && near(m, 1, k / 3 % 3 - 1) && near(m, 2, k / 9 - 1)) {
                    border[8 * k + (m >> BRICK_BITS)] |= 1L << m;
                    borderBricks[k] |= 1 << (m >> BRICK_BITS);
                }
            }
        }
        for (int k = 0; k < DIRECTIONS; k++) {
            cellDelta[k] = EDGE * (k % 3 - 1 + edge * (k / 3 % 3 - 1 + edge * (k / 9 - 1)));
        }
    }

    /** The shape for a kernel of this edge. */
    static RimShape of(int size) {
        return size == 3 ? THREE : new RimShape(size);
    }

    /** Distance to the neighbour under each offset {@code [n, 3]}. */
    int[] deltas(int[] offsets) {
        int[] delta = new int[offsets.length / 3];
        for (int l = 0; l < delta.length; l++) {
            delta[l] = offsets[3 * l] + edge * (offsets[3 * l + 1] + edge * offsets[3 * l + 2]);
        }
        return delta;
    }

    private boolean near(int morton, int axis, int direction) {
        int c = local(morton, axis);
        return direction == 0 || (direction > 0 ? c < radius : c >= EDGE - radius);
    }

    private static int local(int morton, int axis) {
        return (morton >> axis & 1) | (morton >> (axis + 3) & 1) << 1 | (morton >> (axis + 6) & 1) << 2;
    }
}
