package org.scenecontexts.runtime.engine.gemm.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register-blocked inner kernels: a tile of 6 rows by one or two vectors of columns stays in registers over a whole sum.
 *
 * <p>The shape of these methods is measured, not free. Twelve accumulators leave four of AVX2's sixteen registers; the
 * compiler keeps them all in registers only while each of the six broadcasts has an index of its own. Unrolling, or six
 * broadcasts at constant distances of one index, lets it hoist loads and spill an accumulator, which halves the rate.
 */
final class Tiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Floats per vector. */
    static final int LANES = SPECIES.length();

    /** Rows of a tile. */
    static final int ROWS = 6;

    /** Columns of a tile of two vectors. */
    static final int COLUMNS = 2 * LANES;

    /** Rows that one panel of {@link #outer6x2} serves: as many tiles as fit into {@link #COLUMNS} values. */
    static final int PANEL_ROWS = COLUMNS / ROWS * ROWS;

    private Tiles() {}

    /**
     * {@code c[r] = (fresh ? 0 : c[r]) + sum over p of a[ar + p] * b[b0 + p * COLUMNS ..]} for six rows.
     *
     * @param a values to broadcast; row r at {@code ar}, contiguous in p
     * @param b packed panel, {@code COLUMNS} values per p
     * @param k length of the sum
     * @param c result; {@code COLUMNS} values at each of {@code c0 .. c5}
     */
    static void rows6x2(
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
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
        for (int p = 0; p < k; p++) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS);
            FloatVector v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + LANES);
            FloatVector s = FloatVector.broadcast(SPECIES, a[a0 + p]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a1 + p]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a2 + p]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a3 + p]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a4 + p]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a5 + p]);
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

    /** As {@link #rows6x2} for one vector of columns out of a panel with {@code COLUMNS} values per p. */
    static void rows6x1(
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
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
        FloatVector x0 = zero, x1 = zero, x2 = zero, x3 = zero, x4 = zero, x5 = zero;
        if (!fresh) {
            x0 = FloatVector.fromArray(SPECIES, c, c0);
            x1 = FloatVector.fromArray(SPECIES, c, c1);
            x2 = FloatVector.fromArray(SPECIES, c, c2);
            x3 = FloatVector.fromArray(SPECIES, c, c3);
            x4 = FloatVector.fromArray(SPECIES, c, c4);
            x5 = FloatVector.fromArray(SPECIES, c, c5);
        }
        for (int p = 0; p < k; p++) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(u, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(u, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(u, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(u, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(u, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(u, x5);
        }
        x0.intoArray(c, c0);
        x1.intoArray(c, c1);
        x2.intoArray(c, c2);
        x3.intoArray(c, c3);
        x4.intoArray(c, c4);
        x5.intoArray(c, c5);
    }

    /**
     * {@code c[r] += sum over p of a[ar + p * COLUMNS] * b[b0 + p * COLUMNS ..]} for six rows: an outer-product tile.
     *
     * <p>Both panels have the same stride on purpose: with another one the compiler hoists the broadcasts and spills.
     *
     * @param a packed panel with {@code COLUMNS} values per p, {@link #PANEL_ROWS} of them used; row r starts at {@code ar}
     * @param b packed panel with {@code COLUMNS} values per p
     */
    static void outer6x2(
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            float[] b,
            int b0,
            int k,
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
        int end = k * COLUMNS;
        for (int i = 0; i < end; i += COLUMNS) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + i);
            FloatVector v = FloatVector.fromArray(SPECIES, b, b0 + i + LANES);
            FloatVector s = FloatVector.broadcast(SPECIES, a[a0 + i]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a1 + i]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a2 + i]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a3 + i]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a4 + i]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a5 + i]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
        }
        add(x0, y0, c, c0);
        add(x1, y1, c, c1);
        add(x2, y2, c, c2);
        add(x3, y3, c, c3);
        add(x4, y4, c, c4);
        add(x5, y5, c, c5);
    }

    private static void add(FloatVector x, FloatVector y, float[] c, int at) {
        x.add(FloatVector.fromArray(SPECIES, c, at)).intoArray(c, at);
        y.add(FloatVector.fromArray(SPECIES, c, at + LANES)).intoArray(c, at + LANES);
    }
}
