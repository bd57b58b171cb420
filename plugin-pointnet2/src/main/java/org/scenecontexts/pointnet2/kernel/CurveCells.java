package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import org.scenecontexts.api.grid.RadixSort;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.point.NeighbourArguments;
import org.scenecontexts.api.point.PointRows;

/** The points of one scene by the cells that they lie in, along a curve. */
final class CurveCells {

    private final int first;

    /** Place of each cell on the curve, sorted. */
    private final long[] codes;

    /** Row, counted from the scene's first, of each place. */
    private final int[] order;

    CurveCells(PointRows points, float[] xyz, int scene, float cell, Curve curve) {
        first = points.offsets()[scene];
        int n = points.size(scene);
        double[] low = new double[3];
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 3 * first; i < 3 * (first + n); i++) {
            low[i % 3] = Math.min(low[i % 3], xyz[i]);
            high[i % 3] = Math.max(high[i % 3], xyz[i]);
        }
        int largest = 0;
        for (int a = 0; a < 3 && n > 0; a++) {
            largest = Math.max(largest, NeighbourArguments.cellsAcross(scene, high[a] - low[a], cell));
        }
        int bits = Curve.bitsFor(largest);
        codes = new long[n];
        for (int i = 0; i < n; i++) {
            int p = 3 * (first + i);
            codes[i] = curve.code(
                    (int) ((xyz[p] - low[0]) / cell),
                    (int) ((xyz[p + 1] - low[1]) / cell),
                    (int) ((xyz[p + 2] - low[2]) / cell),
                    bits);
        }
        order = RadixSort.sort(codes);
    }

    /** Writes the row of each place along the curve, from the scene's first place on. */
    void writeOrder(int[] out) {
        for (int i = 0; i < order.length; i++) {
            out[first + i] = first + order[i];
        }
    }

    int count() {
        int count = 0;
        for (int i = 0; i < codes.length; i++) {
            count += begins(i) ? 1 : 0;
        }
        return count;
    }

    /**
     * Writes which point lies in which cell.
     *
     * @param firstCell number of the scene's first cell
     */
    void writeCells(int firstCell, int[] cellOf, int[] starts) {
        int cell = firstCell - 1;
        for (int i = 0; i < order.length; i++) {
            if (begins(i)) {
                starts[++cell] = first + i;
            }
            cellOf[first + order[i]] = cell;
        }
    }

    private boolean begins(int place) {
        return place == 0 || codes[place] != codes[place - 1];
    }
}
