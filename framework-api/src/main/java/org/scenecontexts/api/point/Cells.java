package org.scenecontexts.api.point;

import org.scenecontexts.api.engine.Indices;

/**
 * Points grouped by the cell that they share, for pooling: {@code rows.gatherRows(members())} puts the rows of each cell
 * beside one another, and {@code gatherRows(cellOf())} carries what belongs to cells back to points.
 *
 * @param cellOf cell of each point, {@code [N]}
 * @param members the points, cell by cell, ascending in each, {@code [N]}
 * @param starts first place of each cell in {@code members}, and their number at the end, {@code [M + 1]}, on the host
 * @param offsets first cell of each scene, {@code [B + 1]}, on the host; the last is M
 * @since 0.2
 */
public record Cells(Indices cellOf, Indices members, int[] starts, int[] offsets) implements AutoCloseable {

    /** Number of cells, M. */
    public int count() {
        return starts.length - 1;
    }

    /** Gives the indices back; nothing that was recorded may still need them. */
    @Override
    public void close() {
        cellOf.release();
        members.release();
    }
}
