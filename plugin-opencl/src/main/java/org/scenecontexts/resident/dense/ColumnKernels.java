package org.scenecontexts.resident.dense;

import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DeviceProgram.Packable;
import org.scenecontexts.api.engine.DevicePrograms;

/** What is done to matrices column by column: calls of {@code columns.cl}. */
abstract class ColumnKernels extends ElementKernels {

    /** Rows whose numbers one item adds up; sums depend on it, and on nothing else. */
    private static final int CHUNK_ROWS = 128;

    private final DeviceProgram columnwise;
    private final boolean packs;

    /** @param packs whether norms are given packed values; where they are not, kernels have no code for them */
    ColumnKernels(DevicePrograms programs, BufferPool pool, boolean packs) {
        super(programs, pool);
        this.packs = packs;
        columnwise = programs.compile(ColumnKernels.class, "columns.cl", Map.of("PACKS", flag(packs)));
    }

    @Override
    public boolean takesPacked() {
        return packs;
    }

    private static int chunks(int rows) {
        return Math.ceilDiv(rows, CHUNK_ROWS);
    }

    @Override
    public void addRow(int rows, int columns, Buffer x, Buffer row, Buffer out) {
        int n = rows * columns;
        columnwise.launch("addRow", Groups.of(n), n, columns, x, row, out);
    }

    @Override
    public void multiplyRow(int rows, int columns, Buffer x, Buffer row, Buffer out) {
        int n = rows * columns;
        columnwise.launch("multiplyRow", Groups.of(n), n, columns, x, row, out);
    }

    @Override
    public void copyColumnsIn(int rows, int columns, Buffer x, int outColumns, int offset, Buffer out) {
        int n = rows * columns;
        columnwise.launch("copyIn", Groups.of(n), n, columns, new Packable(x), outColumns, offset, new Packable(out));
    }

    @Override
    public void copyColumnsOut(int rows, int columns, Buffer x, int inColumns, int offset, Buffer out) {
        int n = rows * columns;
        columnwise.launch("copyOut", Groups.of(n), n, columns, x, inColumns, offset, out);
    }

    @Override
    public void sumRows(int rows, int columns, Buffer x, Buffer out, boolean accumulate) {
        int chunks = chunks(rows);
        int items = chunks * columns;
        scratch(items, part -> {
            columnwise.launch("sumPart", Groups.of(items), rows, columns, CHUNK_ROWS, items, x, part);
            columnwise.launch("sumAll", Groups.of(columns), columns, chunks, part, out, flag(accumulate));
        });
    }

    @Override
    public void columnMoments(int rows, int columns, Buffer x, Buffer mean, Buffer variance) {
        int chunks = chunks(rows);
        int items = chunks * columns;
        scratch(2L * items, part -> {
            columnwise.launch("momentPart", Groups.of(items), rows, columns, CHUNK_ROWS, items, new Packable(x), part);
            columnwise.launch("momentAll", Groups.of(columns), rows, columns, chunks, x, part, mean, variance);
        });
    }

    @Override
    public void batchStatistics(
            int rows,
            int columns,
            Buffer x,
            Buffer gamma,
            double epsilon,
            double weight,
            Buffer mean,
            Buffer inverseStd,
            Buffer scale,
            Buffer runningMean,
            Buffer runningVariance) {
        int chunks = chunks(rows);
        int items = chunks * columns;
        scratch(2L * items, part -> {
            columnwise.launch("momentPart", Groups.of(items), rows, columns, CHUNK_ROWS, items, new Packable(x), part);
            columnwise.launch(
                    "statistics",
                    Groups.of(columns),
                    rows,
                    columns,
                    chunks,
                    new Packable(x),
                    part,
                    gamma,
                    epsilon,
                    weight,
                    flag(runningMean.capacity() > 0),
                    mean,
                    inverseStd,
                    scale,
                    runningMean,
                    runningVariance);
        });
    }

    @Override
    public void normalize(
            int rows,
            int columns,
            Buffer x,
            Buffer mean,
            Buffer scale,
            Buffer shift,
            Buffer residual,
            boolean relu,
            Buffer out) {
        int n = rows * columns;
        columnwise.launch(
                "normed",
                Groups.of(n),
                n,
                columns,
                new Packable(x),
                mean,
                scale,
                shift,
                new Packable(residual),
                flag(residual.capacity() > 0),
                flag(relu),
                new Packable(out));
    }

    @Override
    public void batchNormBackward(
            int rows,
            int columns,
            Buffer x,
            Buffer y,
            Buffer gradOut,
            Buffer mean,
            Buffer inverseStd,
            Buffer gamma,
            boolean relu,
            Buffer gradIn,
            Buffer gradGamma,
            Buffer gradBeta,
            Buffer gradResidual) {
        int n = rows * columns;
        int chunks = chunks(rows);
        int items = chunks * columns;
        scratchFloats(
                3L * columns,
                factors -> scratch(2L * items, part -> {
                    columnwise.launch(
                            "normPart",
                            Groups.of(items),
                            rows,
                            columns,
                            CHUNK_ROWS,
                            items,
                            new Packable(x),
                            new Packable(y),
                            gradOut,
                            mean,
                            flag(relu),
                            part);
                    columnwise.launch(
                            "normAll",
                            Groups.of(columns),
                            rows,
                            columns,
                            chunks,
                            part,
                            inverseStd,
                            gamma,
                            gradGamma,
                            gradBeta,
                            factors);
                    columnwise.launch(
                            "normGradient",
                            Groups.of(n),
                            n,
                            columns,
                            new Packable(x),
                            new Packable(y),
                            gradOut,
                            mean,
                            flag(relu),
                            factors,
                            gradIn,
                            gradResidual,
                            flag(gradResidual.capacity() > 0));
                }));
    }
}
