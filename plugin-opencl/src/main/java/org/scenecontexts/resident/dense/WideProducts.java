package org.scenecontexts.resident.dense;

import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;

/**
 * Matrix products in float32 for shapes that fill large tiles, where {@code products.cl} would read almost three times as many numbers for each
 * that it multiplies. Calls of {@code wideproducts.cl}.
 */
final class WideProducts {

    /** Rows and items of a tile, and numbers of the inner dimension in a stage. */
    private static final int ROWS = 64;

    private static final int ITEMS = 128;
    private static final int DEPTH = 16;

    /** Numbers that are loaded at once. */
    private static final int QUAD = 4;

    /** Widths of tiles, the preferred one first. */
    private static final int[] WIDTHS = {128, 64, 32};

    private final DevicePrograms programs;
    private final Map<Integer, DeviceProgram> compiled = new HashMap<>();

    WideProducts(DevicePrograms programs) {
        this.programs = programs;
    }

    /**
     * A product {@code op(a) . op(b)}.
     *
     * @param m rows of the result
     * @param n columns of it
     * @param k inner dimension
     */
    record Shape(boolean transposeA, boolean transposeB, int m, int n, int k) {

        /** Whether operands lie so that four numbers are loaded at once, from the places that they begin at. */
        boolean loadable(Buffer a, Buffer b) {
            boolean alongA = (transposeA ? m : k) % QUAD == 0;
            boolean alongB = (transposeB ? k : n) % QUAD == 0;
            return alongA && alongB && a.offset() % QUAD == 0 && b.offset() % QUAD == 0;
        }
    }

    /** Columns of a tile; 0 where these tiles do not take the shape. */
    int columns(Shape shape, Buffer a, Buffer b) {
        if (shape.m < ROWS
                || shape.k == 0
                || !shape.loadable(a, b)
                || programs.limits().groupItems() < ITEMS) {
            return 0;
        }
        for (int width : WIDTHS) {
            if (shape.n % width == 0 && bytes(width) <= programs.limits().localBytes()) {
                return width;
            }
        }
        return 0;
    }

    /** Two stages of both operands; rows of the first have four numbers more against conflicts of banks. */
    private static long bytes(int width) {
        return 2L * Float.BYTES * DEPTH * (ROWS + QUAD + width);
    }

    /**
     * Computes the product, in partial sums where there are several shares of the inner dimension.
     *
     * @param columns what {@link #columns} has said
     * @param share numbers of the inner dimension that one sum goes through, a multiple of 4
     * @param c {@code [shares, m, n]}
     */
    void multiply(Shape shape, int columns, int share, Buffer a, Buffer b, Buffer c, boolean accumulate) {
        compiled.computeIfAbsent(
                        columns, width -> programs.compile(WideProducts.class, "wideproducts.cl", Map.of("BN", width)))
                .launch(
                        "wideGemm",
                        new Groups(Math.ceilDiv(shape.m, ROWS), shape.n / columns, Math.ceilDiv(shape.k, share), ITEMS),
                        ElementKernels.flag(shape.transposeA),
                        ElementKernels.flag(shape.transposeB),
                        shape.m,
                        shape.n,
                        shape.k,
                        share,
                        a,
                        b,
                        c,
                        ElementKernels.flag(accumulate));
    }
}
