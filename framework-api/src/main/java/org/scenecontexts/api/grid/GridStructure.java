package org.scenecontexts.api.grid;

import org.scenecontexts.api.point.Curve;

/**
 * The occupied cells of a batch at every resolution, as those who compute convolutions keep them; networks use {@link
 * SparseGrid}. Level 0 has the cells given; a cell of the next level covers 2 x 2 x 2.
 *
 * <p>Made and asked on the host, lazily, once per batch. Rows of a level lie scene by scene and in Morton order, so that the
 * cells which share a parent follow one another. Safe for several threads.
 *
 * @since 0.2
 */
public interface GridStructure extends AutoCloseable {

    /** Number of cells of a level. */
    int rows(int level);

    /** Scene and cell of each row, {@code [rows, 4]}, in units of level 0: multiples of {@code 2^level}. */
    int[] coordinates(int level);

    /** For each row of level 0 its row in the coordinates that the structure was made from. */
    int[] givenRows();

    /** For each row of a level its row in the next, ascending. */
    int[] parents(int level);

    /**
     * The rows of a level in the order in which a curve visits them, scene by scene. Cells are counted from the lowest of
     * their scene along each axis, and the curve has as few bits as the scene's largest cell needs.
     *
     * @return for each place along the curve the row
     */
    int[] order(int level, Curve curve);

    /**
     * The map of a convolution that keeps the cells.
     *
     * @param size edge of the kernel, cells: 1, 3, 5, 7 or 9
     */
    GridMap cube(int level, int size);

    /** The map of the 2 x 2 x 2 convolution with stride 2 from a level to the next. */
    GridMap down(int level);

    /** The map of the transposed convolution from the next level back to a level. */
    GridMap up(int level);

    /** Gives the memory of all maps back, which must not be used any more. */
    @Override
    void close();
}
