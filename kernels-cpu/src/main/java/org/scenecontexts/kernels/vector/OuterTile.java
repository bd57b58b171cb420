package org.scenecontexts.kernels.vector;

import static org.scenecontexts.kernels.vector.Tiles.COLUMNS;
import static org.scenecontexts.kernels.vector.Tiles.LANES;
import static org.scenecontexts.kernels.vector.Tiles.ROWS;
import static org.scenecontexts.kernels.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The register tile of products whose left operand is stored with the sum first; see {@link Tiles} for its shape. *
 * @since 0.1
 */
public final class OuterTile {

    /** Rows that one panel of {@link #outer6x2} serves: as many tiles as fit into {@link Tiles#COLUMNS} values. */
    public static final int PANEL_ROWS = COLUMNS / ROWS * ROWS;

    private OuterTile() {}

    /**
     * {@code c[r] = (fresh ? 0 : c[r]) + sum over p of a[a0 + r + p * COLUMNS] * b[b0 + p * COLUMNS ..]} for six rows.
     *
     * @param a packed panel with {@code COLUMNS} values per p, {@link #PANEL_ROWS} of them used
     * @param b packed panel with {@code COLUMNS} values per p
     * @param k length of the sum
     * @param c result; {@code COLUMNS} values at each of {@code c0 .. c5}
     */
    public static void outer6x2(
            float[] a,
            int a0,
            float[] b,
            int b0,
            int k,
            boolean fresh,
            float[] c,
            int c0,
            int c1,
            int c2,
            int c3,
            int c4,
            int c5) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector x0 = zero, y0 = zero, x1 = zero, y1 = zero, x2 = zero, y2 = zero;
        FloatVector x3 = zero, y3 = zero, x4 = zero, y4 = zero, x5 = zero, y5 = zero;
        if (!fresh) {
            x0 = FloatVector.fromArray(SPECIES, c, c0);
            y0 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
            x1 = FloatVector.fromArray(SPECIES, c, c1);
            y1 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
            x2 = FloatVector.fromArray(SPECIES, c, c2);
            y2 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
            x3 = FloatVector.fromArray(SPECIES, c, c3);
            y3 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
            x4 = FloatVector.fromArray(SPECIES, c, c4);
            y4 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
            x5 = FloatVector.fromArray(SPECIES, c, c5);
            y5 = FloatVector.fromArray(SPECIES, c, c5 + LANES);
        }
        int last = k - 1;
        int beforeLast = k - 2;
        int third = k - 3;
        // No p is negative, which the compiler does not know.
        int fence = -k;
        for (int p = 0; p < k; p += 4) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS);
            FloatVector v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + LANES);
            FloatVector s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            if (p == fence) {
                break;
            }
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 1]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 2]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 3]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 4]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 5]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
            if (p == last) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + COLUMNS);
            v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + COLUMNS + LANES);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + COLUMNS]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + COLUMNS + 1]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + COLUMNS + 2]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + COLUMNS + 3]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + COLUMNS + 4]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + COLUMNS + 5]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
            if (p == beforeLast) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 2 * COLUMNS);
            v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 2 * COLUMNS + LANES);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 2 * COLUMNS]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 2 * COLUMNS + 1]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 2 * COLUMNS + 2]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 2 * COLUMNS + 3]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 2 * COLUMNS + 4]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 2 * COLUMNS + 5]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
            if (p == third) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 3 * COLUMNS);
            v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 3 * COLUMNS + LANES);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 3 * COLUMNS]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 3 * COLUMNS + 1]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 3 * COLUMNS + 2]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 3 * COLUMNS + 3]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 3 * COLUMNS + 4]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p * COLUMNS + 3 * COLUMNS + 5]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + LANES);
        x1.intoArray(c, c1);
        y1.intoArray(c, c1 + LANES);
        x2.intoArray(c, c2);
        y2.intoArray(c, c2 + LANES);
        x3.intoArray(c, c3);
        y3.intoArray(c, c3 + LANES);
        x4.intoArray(c, c4);
        y4.intoArray(c, c4 + LANES);
        x5.intoArray(c, c5);
        y5.intoArray(c, c5 + LANES);
    }
}
