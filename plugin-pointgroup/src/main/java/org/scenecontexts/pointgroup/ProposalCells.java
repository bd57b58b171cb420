package org.scenecontexts.pointgroup;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.Scene;

/**
 * One proposal as cells of a grid of its own, so that a small network can look at chairs and at shelves alike: never finer than
 * the rows lie, and so coarse that the longest side fits (Jiang et al., PointGroup, CVPR 2020, section 3.3).
 *
 * @param place the centres of the occupied cells, {@code [C, 3]}
 * @param rows the rows of the proposal, cell by cell
 * @param firsts first entry of each cell in {@code rows}, {@code [C + 1]}
 */
record ProposalCells(Scene place, int[] rows, int[] firsts) {

    /** Keeps the farthest row inside of the last cell. */
    private static final double ROOM = 0.01;

    /**
     * Cells along each side of the grid, at most 64 for every proposal counts all cells, a megabyte then; and the edge of a cell
     * for the network, 0 for its true size.
     */
    record Grid(int cells, double edge) {}

    /**
     * Sorts the rows of a proposal into cells.
     *
     * @param places of all rows, {@code [M, 3]}
     * @param spacing distance between neighbouring rows, in the unit of the places: what a cell measures at least
     * @param unit metres per unit of the places
     * @param chance moves the proposal within the room that its grid leaves; as far as 0 allows in prediction
     */
    static ProposalCells of(
            float[] places, int[] proposal, double spacing, double unit, Grid grid, RandomGenerator chance) {
        double[] low = new double[3];
        double[] extent = extents(places, proposal, low);
        double side = Math.max(extent[0], Math.max(extent[1], extent[2])) / spacing;
        double scale = (side > grid.cells() - ROOM ? (grid.cells() - ROOM) / side : 1) / spacing;
        double[] shift = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            shift[axis] = chance.nextDouble() * (grid.cells() - ROOM - extent[axis] * scale);
        }
        int[] keys = new int[proposal.length];
        for (int i = 0; i < proposal.length; i++) {
            for (int axis = 2; axis >= 0; axis--) {
                double at = (places[3 * proposal[i] + axis] - low[axis]) * scale + shift[axis];
                keys[i] = keys[i] * grid.cells() + Math.clamp((long) at, 0, grid.cells() - 1);
            }
        }
        return sorted(proposal, keys, grid, grid.edge() > 0 ? grid.edge() : unit / scale);
    }

    private static double[] extents(float[] places, int[] proposal, double[] low) {
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int row : proposal) {
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], places[3 * row + axis]);
                high[axis] = Math.max(high[axis], places[3 * row + axis]);
            }
        }
        return new double[] {high[0] - low[0], high[1] - low[1], high[2] - low[2]};
    }

    private static ProposalCells sorted(int[] proposal, int[] keys, Grid grid, double edge) {
        int n = grid.cells();
        int[] next = new int[n * n * n + 1];
        for (int key : keys) {
            next[key + 1]++;
        }
        int occupied = 0;
        int[] firsts = new int[proposal.length + 1];
        float[] centres = new float[3 * proposal.length];
        for (int key = 0; key < n * n * n; key++) {
            int size = next[key + 1];
            next[key + 1] += next[key];
            if (size > 0) {
                centres[3 * occupied] = (float) ((key % n + 0.5) * edge);
                centres[3 * occupied + 1] = (float) ((key / n % n + 0.5) * edge);
                centres[3 * occupied + 2] = (float) ((key / (n * n) + 0.5) * edge);
                firsts[++occupied] = next[key + 1];
            }
        }
        int[] rows = new int[proposal.length];
        for (int i = 0; i < proposal.length; i++) {
            rows[next[keys[i]]++] = proposal[i];
        }
        return new ProposalCells(
                Scene.ofPositions("proposal", Arrays.copyOf(centres, 3 * occupied)),
                rows,
                Arrays.copyOf(firsts, occupied + 1));
    }

    /** Number of occupied cells, C. */
    int count() {
        return firsts.length - 1;
    }
}
