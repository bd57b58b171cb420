package org.scenecontexts.resident.dense;

import java.util.Optional;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;

/**
 * All dense primitives in OpenCL C: what is done to matrices row by row, and products, beside what it inherits. Every sum is
 * made in an order that depends on sizes only, so that the same device gives the same bits every time.
 */
public final class ResidentDenseKernels extends ColumnKernels {

    /** Edge of the tiles of {@code products.cl}. */
    private static final int TILE = 32;

    /** Numbers of the inner dimension from which a product is cut into partial ones: few tiles would leave a card idle. */
    private static final int SHARE = 1024;

    private static final int ACCURACY = 0;
    private static final int LOSS = 1;

    /**
     * The places that choose each row: those of row r are {@code order[start[r]] .. order[start[r + 1] - 1]}.
     *
     * @param start one for each row, and the end
     * @param order places, those of one row ascending
     */
    public record Choosers(Indices start, Indices order) {}

    /** Knows which places of indices choose each row, unless a kernel has written them. */
    @FunctionalInterface
    public interface Chosen {
        /** For a number of rows. */
        Optional<Choosers> by(Indices index, int rows);
    }

    private final Chosen chosen;
    private final DeviceProgram rowwise;
    private final DeviceProgram products;
    private final WideProducts wide;
    private final Optional<MatrixProducts> matrix;

    /**
     * @param pool lends room for partial sums
     * @param packs whether there are packed values
     */
    public ResidentDenseKernels(DevicePrograms programs, BufferPool pool, Chosen chosen, boolean packs) {
        super(programs, pool, packs);
        this.chosen = chosen;
        rowwise = program("rows.cl");
        products = program("products.cl");
        wide = new WideProducts(programs);
        matrix = programs.operands() == DevicePrograms.Operands.FP32
                ? Optional.empty()
                : Optional.of(new MatrixProducts(programs, pool, packs));
    }

    // ---- products ---------------------------------------------------------------------------------------------

    @Override
    public boolean multipliesPacked() {
        return takesPacked() && matrix.isPresent();
    }

    @Override
    public void gemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            Buffer c,
            boolean accumulate) {
        if (matrix.isPresent()) {
            byUnits(matrix.get(), transposeA, transposeB, m, n, k, a, b, c, accumulate);
            return;
        }
        WideProducts.Shape shape = new WideProducts.Shape(transposeA, transposeB, m, n, k);
        int shares = Math.max(1, Math.ceilDiv(k, SHARE));
        if (shares == 1) {
            inFloat32(shape, a, b, c, accumulate);
            return;
        }
        int size = m * n;
        scratchFloats((long) shares * size, part -> {
            inFloat32(shape, a, b, part, false);
            products.launch("gemmTotal", Groups.of(size), size, shares, part, c, flag(accumulate));
        });
    }

    /** In the tiles that the shape fills; {@code c} has a matrix for each share of the inner dimension. */
    private void inFloat32(WideProducts.Shape shape, Buffer a, Buffer b, Buffer c, boolean accumulate) {
        int columns = wide.columns(shape, a, b);
        if (columns > 0) {
            wide.multiply(shape, columns, SHARE, a, b, c, accumulate);
            return;
        }
        int shares = Math.max(1, Math.ceilDiv(shape.k(), SHARE));
        products.launch(
                "gemm",
                new Groups(Math.ceilDiv(shape.m(), TILE), Math.ceilDiv(shape.n(), TILE), shares),
                flag(shape.transposeA()),
                flag(shape.transposeB()),
                shape.m(),
                shape.n(),
                shape.k(),
                SHARE,
                0,
                a,
                b,
                c,
                flag(accumulate));
    }

    private void byUnits(
            MatrixProducts matrix,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            Buffer c,
            boolean accumulate) {
        int shares = Math.max(1, Math.ceilDiv(k, SHARE));
        if (shares == 1 && !accumulate) {
            matrix.multiply(transposeA, transposeB, m, n, k, SHARE, a, b, c);
            return;
        }
        int size = m * n;
        scratchFloats((long) shares * size, part -> {
            matrix.multiply(transposeA, transposeB, m, n, k, SHARE, a, b, part);
            products.launch("gemmTotal", Groups.of(size), size, shares, part, c, flag(accumulate));
        });
    }

    // ---- rows -------------------------------------------------------------------------------------------------

    @Override
    public void gatherRows(int count, int columns, Buffer x, Indices index, Buffer out) {
        int n = count * columns;
        rowwise.launch("gather", Groups.of(n), n, columns, x, index, out);
    }

    @Override
    public void scatterAddRows(int count, int columns, Buffer x, Indices index, int outRows, Buffer out) {
        int n = outRows * columns;
        Optional<Choosers> known = count == index.length() ? chosen.by(index, outRows) : Optional.empty();
        if (known.isPresent()) {
            Choosers who = known.orElseThrow();
            rowwise.launch("scatterChosen", Groups.of(n), n, columns, x, who.start(), who.order(), out);
        } else {
            rowwise.launch("scatterSearched", Groups.of(n), n, count, columns, x, index, out);
        }
    }

    @Override
    public void groupMax(int groups, int size, int columns, Buffer x, Buffer out, Indices winner) {
        int n = groups * columns;
        rowwise.launch("groupMax", Groups.of(n), n, size, columns, x, out, winner);
    }

    @Override
    public void groupMaxBackward(int groups, int size, int columns, Buffer gradOut, Indices winner, Buffer gradIn) {
        int n = groups * size * columns;
        rowwise.launch("groupMaxBackward", Groups.of(n), n, size, columns, gradOut, winner, gradIn);
    }

    @Override
    public void normalizeRows(int rows, int columns, Buffer x, Buffer norms, Buffer out) {
        rowwise.launch("normalizeRows", Groups.of(rows), rows, columns, x, norms, out);
    }

    @Override
    public void normalizeRowsBackward(int rows, int columns, Buffer y, Buffer norms, Buffer gradOut, Buffer gradIn) {
        rowwise.launch("normalizeRowsBackward", Groups.of(rows), rows, columns, y, norms, gradOut, gradIn);
    }

    @Override
    public void softmaxRows(int rows, int columns, Buffer x, Buffer out) {
        rowwise.launch("softmax", Groups.of(rows), rows, columns, x, out);
    }

    // ---- losses -----------------------------------------------------------------------------------------------

    @Override
    public void accuracy(int rows, int columns, Buffer scores, Indices labels, Buffer out) {
        Groups groups = Groups.of(rows);
        scratch(2L * groups.x(), part -> {
            rowwise.launch("hits", groups, rows, columns, scores, labels, part);
            rowwise.launch("pairTotal", new Groups(1, 1, 1), groups.x(), ACCURACY, part, out, Buffer.NONE);
        });
    }

    @Override
    public void crossEntropy(
            int rows,
            int columns,
            Buffer logits,
            Indices labels,
            float smoothing,
            Buffer weights,
            Buffer gradient,
            Buffer loss,
            Buffer divisor) {
        Groups groups = Groups.of(rows);
        scratch(2L * groups.x(), part -> {
            rowwise.launch(
                    "crossEntropy",
                    groups,
                    rows,
                    columns,
                    logits,
                    labels,
                    smoothing,
                    weights,
                    flag(weights.capacity() > 0),
                    gradient,
                    part);
            rowwise.launch("pairTotal", new Groups(1, 1, 1), groups.x(), LOSS, part, loss, divisor);
        });
    }
}
