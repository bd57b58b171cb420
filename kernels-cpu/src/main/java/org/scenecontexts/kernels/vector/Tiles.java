package org.scenecontexts.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.scenecontexts.kernels.tile.TileProducts;

/**
 * Register-blocked inner kernels over rows: a tile of 6 rows by one or two vectors of columns stays in registers over a
 * whole sum.
 *
 * <p>The shape of these methods is measured, not free. Twelve accumulators leave four of AVX2's sixteen registers, and
 * the compiler (JDK 17 to 25) does not order instructions by need: between two branches it places loads first, runs out
 * of registers and spills accumulators, which costs half of the rate and more. Branches are therefore used as fences:
 * what was summed before one is what would leave the loop there, so it has to be computed before it. The tests that end
 * a sum whose length is no multiple of four are such fences; one more, never taken, stands inside the first step, where
 * addresses are computed too. All rows lie at constant distances of one index: an index per row costs two instructions
 * per row, and makes the compiler watch integer registers instead of vector registers. Unrolling by four saves what the
 * loop itself costs: on processors that share a core with others, the number of instructions bounds the rate.
 *
 * @since 0.1
 */
public final class Tiles {

    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Floats per vector. */
    public static final int LANES = SPECIES.length();

    /** Rows of a tile. */
    public static final int ROWS = 6;

    /** Columns of a tile of two vectors. */
    public static final int COLUMNS = 2 * LANES;

    /** Longest sum of a tile over rows. */
    public static final int MAX_SUM = TileProducts.MAX_LENGTH;

    /** Values from one packed row to the next; not a power of two, so that rows do not compete for the same cache lines. */
    public static final int ROW_STRIDE = MAX_SUM + 16;

    private Tiles() {}

    /**
     * {@code c[r] = (fresh ? 0 : c[r]) + sum over p of a[a0 + (r + 1) * ROW_STRIDE + p] * b[b0 + p * COLUMNS ..]} for six
     * rows. The first row lies one distance after {@code a0} so that it is addressed like the others.
     *
     * @param a values to broadcast: six rows, each contiguous in p
     * @param b packed panel, {@code COLUMNS} values per p
     * @param k length of the sum, up to {@link #MAX_SUM}
     * @param c result; {@code COLUMNS} values at each of {@code c0 .. c5}
     */
    public static void rows6x2(
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
            FloatVector s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            if (p == fence) {
                break;
            }
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
            if (p == last) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + COLUMNS);
            v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + COLUMNS + LANES);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE + 1]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE + 1]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE + 1]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE + 1]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE + 1]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE + 1]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
            if (p == beforeLast) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 2 * COLUMNS);
            v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 2 * COLUMNS + LANES);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE + 2]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE + 2]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE + 2]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE + 2]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE + 2]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE + 2]);
            x5 = s.fma(u, x5);
            y5 = s.fma(v, y5);
            if (p == third) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 3 * COLUMNS);
            v = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 3 * COLUMNS + LANES);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE + 3]);
            x0 = s.fma(u, x0);
            y0 = s.fma(v, y0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE + 3]);
            x1 = s.fma(u, x1);
            y1 = s.fma(v, y1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE + 3]);
            x2 = s.fma(u, x2);
            y2 = s.fma(v, y2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE + 3]);
            x3 = s.fma(u, x3);
            y3 = s.fma(v, y3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE + 3]);
            x4 = s.fma(u, x4);
            y4 = s.fma(v, y4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE + 3]);
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
    public static void rows6x1(
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
        FloatVector x0 = zero, x1 = zero, x2 = zero, x3 = zero, x4 = zero, x5 = zero;
        if (!fresh) {
            x0 = FloatVector.fromArray(SPECIES, c, c0);
            x1 = FloatVector.fromArray(SPECIES, c, c1);
            x2 = FloatVector.fromArray(SPECIES, c, c2);
            x3 = FloatVector.fromArray(SPECIES, c, c3);
            x4 = FloatVector.fromArray(SPECIES, c, c4);
            x5 = FloatVector.fromArray(SPECIES, c, c5);
        }
        int last = k - 1;
        int beforeLast = k - 2;
        int third = k - 3;
        // No p is negative, which the compiler does not know.
        int fence = -k;
        for (int p = 0; p < k; p += 4) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS);
            FloatVector s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE]);
            x0 = s.fma(u, x0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE]);
            x1 = s.fma(u, x1);
            if (p == fence) {
                break;
            }
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE]);
            x2 = s.fma(u, x2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE]);
            x3 = s.fma(u, x3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE]);
            x4 = s.fma(u, x4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE]);
            x5 = s.fma(u, x5);
            if (p == last) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + COLUMNS);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE + 1]);
            x0 = s.fma(u, x0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE + 1]);
            x1 = s.fma(u, x1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE + 1]);
            x2 = s.fma(u, x2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE + 1]);
            x3 = s.fma(u, x3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE + 1]);
            x4 = s.fma(u, x4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE + 1]);
            x5 = s.fma(u, x5);
            if (p == beforeLast) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 2 * COLUMNS);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE + 2]);
            x0 = s.fma(u, x0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE + 2]);
            x1 = s.fma(u, x1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE + 2]);
            x2 = s.fma(u, x2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE + 2]);
            x3 = s.fma(u, x3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE + 2]);
            x4 = s.fma(u, x4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE + 2]);
            x5 = s.fma(u, x5);
            if (p == third) {
                break;
            }
            u = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + 3 * COLUMNS);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + ROW_STRIDE + 3]);
            x0 = s.fma(u, x0);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 2 * ROW_STRIDE + 3]);
            x1 = s.fma(u, x1);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 3 * ROW_STRIDE + 3]);
            x2 = s.fma(u, x2);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 4 * ROW_STRIDE + 3]);
            x3 = s.fma(u, x3);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 5 * ROW_STRIDE + 3]);
            x4 = s.fma(u, x4);
            s = FloatVector.broadcast(SPECIES, a[a0 + p + 6 * ROW_STRIDE + 3]);
            x5 = s.fma(u, x5);
        }
        x0.intoArray(c, c0);
        x1.intoArray(c, c1);
        x2.intoArray(c, c2);
        x3.intoArray(c, c3);
        x4.intoArray(c, c4);
        x5.intoArray(c, c5);
    }
}
