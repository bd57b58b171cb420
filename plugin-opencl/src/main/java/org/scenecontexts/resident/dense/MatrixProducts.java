package org.scenecontexts.resident.dense;

import java.util.HashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DeviceProgram.Packable;
import org.scenecontexts.api.engine.DeviceProgram.Words;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.DevicePrograms.Operands;
import org.scenecontexts.api.engine.ElementType;

/**
 * Matrix products by matrix units: operands are rounded to what the units take, into lent memory that is filled up to whole
 * tiles, and sums are float32. Calls of {@code matrixproducts.cl}.
 */
final class MatrixProducts {

    private static final String SOURCE = "matrixproducts.cl";

    /** Rows and items of a tile, and words of the inner dimension in a stage. */
    private static final int ROWS = 64;

    private static final int ITEMS = 128;
    private static final int WORDS = 16;

    /** To a multiple of this columns and the inner dimension are filled up. */
    private static final int FILL = 32;

    /** Widths of tiles, the preferred one first. */
    private static final int[] WIDTHS = {128, 64, 32};

    private static final int MOST_STAGES = 4;
    private static final int LEAST_STAGES = 2;

    /** Words that are loaded at once. */
    private static final int QUAD = 4;

    private final DevicePrograms programs;
    private final BufferPool pool;
    private final DeviceProgram packing;
    private final Map<Integer, DeviceProgram> products = new HashMap<>();

    /** @param packs whether operands may be packed values */
    MatrixProducts(DevicePrograms programs, BufferPool pool, boolean packs) {
        this.programs = programs;
        this.pool = pool;
        packing = programs.compile(MatrixProducts.class, SOURCE, Map.of("PACKS", packs ? 1 : 0));
    }

    private int perWord() {
        return programs.operands() == Operands.BF16 ? 2 : 1;
    }

    private static int filled(int length) {
        return Math.ceilDiv(length, FILL) * FILL;
    }

    /**
     * Writes {@code op(a) . op(b)}, in partial sums where there are several shares of the inner dimension.
     *
     * @param share numbers of the inner dimension that one sum goes through, a multiple of what columns are filled up to
     * @param c {@code [shares, m, n]}, overwritten
     */
    void multiply(
            boolean transposeA, boolean transposeB, int m, int n, int k, int share, Buffer a, Buffer b, Buffer c) {
        int words = filled(k) / perWord();
        int wide = filled(n);
        int width = width(wide);
        boolean readable = !transposeA && k == filled(k) && isOperand(a);
        Buffer left = readable ? a : left(transposeA, m, k, words, a);
        Buffer right = right(transposeB, n, k, words, wide, b);
        int shares = Math.max(1, Math.ceilDiv(k, share));
        products.computeIfAbsent(width, this::program)
                .launch(
                        "product",
                        new Groups(Math.ceilDiv(m, ROWS), wide / width, shares, ITEMS),
                        m,
                        n,
                        words,
                        wide,
                        share / perWord(),
                        new Words(left),
                        right,
                        c);
        pool.give(right);
        if (!readable) {
            pool.give(left);
        }
    }

    /** Whether rows of whole stages are what the kernels read, as they lie. */
    private boolean isOperand(Buffer a) {
        boolean packed = a.type() == ElementType.BFLOAT16;
        boolean same = programs.operands() == (packed ? Operands.BF16 : Operands.TF32);
        return same && a.offset() % (QUAD * perWord()) == 0;
    }

    private Buffer left(boolean transposed, int m, int k, int words, Buffer a) {
        int size = Math.multiplyExact(m, words);
        Buffer left = pool.take(Math.max(1, size));
        if (transposed) {
            Groups groups = new Groups(Math.ceilDiv(m, FILL), Math.ceilDiv(k, FILL), 1);
            packing.launch("packLeftTransposed", groups, m, k, words, new Packable(a), left);
        } else {
            packing.launch("packLeft", Groups.of(size), size, k, words, new Packable(a), left);
        }
        return left;
    }

    private Buffer right(boolean transposed, int n, int k, int words, int wide, Buffer b) {
        int size = Math.multiplyExact(words, wide);
        Buffer right = pool.take(Math.max(1, size));
        packing.launch("packRight", Groups.of(size), size, transposed ? 1 : 0, n, k, wide, new Packable(b), right);
        return right;
    }

    private static int width(int wide) {
        for (int width : WIDTHS) {
            if (wide % width == 0) {
                return width;
            }
        }
        return FILL;
    }

    private DeviceProgram program(int width) {
        int stageWords = ROWS * (WORDS + 4) + WORDS * (width + 8);
        int stages = (int) Math.min(MOST_STAGES, programs.limits().localBytes() / ((long) stageWords * Integer.BYTES));
        if (stages < LEAST_STAGES || programs.limits().groupItems() < ITEMS) {
            throw new UnsupportedOperationException(
                    "the device's local memory or its groups are too small for products by"
                            + " matrix units; write compute: fp32");
        }
        return programs.compile(
                MatrixProducts.class, SOURCE, Map.of("BN", width, "STAGES", stages, "AHEAD", stages - LEAST_STAGES));
    }
}
