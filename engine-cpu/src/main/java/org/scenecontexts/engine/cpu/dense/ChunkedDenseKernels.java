package org.scenecontexts.engine.cpu.dense;

import java.util.function.Supplier;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;

/**
 * Cuts dense arithmetic into chunks for the threads of an engine and adds up partial results in the order of the chunks.
 *
 * <p>Chunks depend on the size of the matrices only: results are bit-identical for any number of threads. What happens
 * inside a chunk is left to the loops given, plain or vectorised. Buffers are taken for arrays once per call, see
 * {@link Leading}.
 */
public abstract class ChunkedDenseKernels extends ChunkedElementKernels {

    /** More rows than this would lose digits in a float sum. */
    static final int MOST_ROWS = 512;

    private final Parallel parallel;
    private final Supplier<Loops> loops;

    /**
     * @param parallel threads to work on
     * @param loops the loops for the next operation; all that it ever gives compute the same bits
     */
    protected ChunkedDenseKernels(Parallel parallel, Supplier<Loops> loops) {
        super(parallel, loops);
        this.parallel = parallel;
        this.loops = loops;
    }

    /**
     * @param parallel threads to work on
     * @param loops the loops for every operation
     */
    protected ChunkedDenseKernels(Parallel parallel, Loops loops) {
        this(parallel, () -> loops);
    }

    static int rowsPerChunk(int columns) {
        return Math.clamp(CHUNK / Math.max(columns, 1), 1, MOST_ROWS);
    }

    // ---- columns ----------------------------------------------------------------------------------------------

    @Override
    public void addRow(int rows, int columns, Buffer x, Buffer row, Buffer out) {
        try (Leading leading = new Leading()) {
            float[] a = leading.read(x);
            float[] r = leading.read(row);
            float[] o = leading.write(out);
            parallel.rows(
                    rows,
                    rowsPerChunk(columns),
                    (from, to) -> loops.get().columns().addRow(from, to, 0, columns, a, r, o));
        }
    }

    @Override
    public void multiplyRow(int rows, int columns, Buffer x, Buffer row, Buffer out) {
        try (Leading leading = new Leading()) {
            float[] a = leading.read(x);
            float[] r = leading.read(row);
            float[] o = leading.write(out);
            parallel.rows(rows, rowsPerChunk(columns), (from, to) -> {
                for (int i = from; i < to; i++) {
                    for (int j = 0; j < columns; j++) {
                        o[i * columns + j] = a[i * columns + j] * r[j];
                    }
                }
            });
        }
    }

    @Override
    public void overRoot(int n, double numerator, Buffer variance, double epsilon, Buffer out) {
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(variance.array()[variance.arrayOffset() + j] + epsilon);
            out.array()[out.arrayOffset() + j] = (float) (numerator / root);
        }
    }

    @Override
    public void overRoot(int n, Buffer numerator, Buffer variance, double epsilon, Buffer out) {
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(variance.array()[variance.arrayOffset() + j] + epsilon);
            out.array()[out.arrayOffset() + j] = (float) (numerator.array()[numerator.arrayOffset() + j] / root);
        }
    }

    @Override
    public void follow(int n, double weight, double factor, Buffer batch, Buffer running) {
        float[] to = running.array();
        for (int j = 0; j < n; j++) {
            int at = running.arrayOffset() + j;
            float value = batch.array()[batch.arrayOffset() + j];
            to[at] = (float) ((1 - weight) * to[at] + weight * value * factor);
        }
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
        try (Leading leading = new Leading()) {
            float[] values = leading.read(x);
            float[] means = leading.read(mean);
            float[] scales = leading.read(scale);
            float[] shifts = leading.read(shift);
            float[] residuals = leading.read(residual);
            float[] to = leading.write(out);
            parallel.rows(
                    rows,
                    rowsPerChunk(columns),
                    (from, end) -> loops.get()
                            .columns()
                            .normalize(from, end, 0, columns, values, means, scales, shifts, residuals, relu, to));
        }
    }

    @Override
    public void sumRows(int rows, int columns, Buffer x, Buffer out, boolean accumulate) {
        try (Leading leading = new Leading()) {
            reductions().sumRows(rows, columns, leading.read(x), leading.write(out), accumulate);
        }
    }

    @Override
    public void columnMoments(int rows, int columns, Buffer x, Buffer mean, Buffer variance) {
        try (Leading leading = new Leading()) {
            reductions().columnMoments(rows, columns, leading.read(x), leading.write(mean), leading.write(variance));
        }
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
        try (Leading leading = new Leading()) {
            reductions()
                    .batchNormBackward(
                            rows,
                            columns,
                            leading.read(x),
                            leading.read(y),
                            leading.read(gradOut),
                            leading.read(mean),
                            leading.read(inverseStd),
                            leading.read(gamma),
                            relu,
                            leading.write(gradIn),
                            leading.write(gradGamma),
                            leading.write(gradBeta),
                            leading.write(gradResidual));
        }
    }

    private ColumnReductions reductions() {
        return new ColumnReductions(parallel, loops.get().columns(), scratch());
    }

    // ---- rows -------------------------------------------------------------------------------------------------

    @Override
    public void gatherRows(int count, int columns, Buffer x, Indices index, Buffer out) {
        float[] source = x.array();
        int[] rows = index.array();
        float[] target = out.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(count, rowsPerChunk(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(source, atX + rows[i] * columns, target, atOut + i * columns, columns);
            }
        });
    }

    /**
     * Each piece owns a range of output rows and walks the whole index: every row gets its addends in the order of the
     * index whatever the number of pieces, which may therefore follow the number of threads.
     */
    @Override
    public void scatterAddRows(int count, int columns, Buffer x, Indices index, int outRows, Buffer out) {
        int pieces = parallel.threads() == 1 || (long) count * columns < CHUNK ? 1 : 2 * parallel.threads();
        int owned = Math.max(1, chunks(outRows, pieces));
        float[] source = x.array();
        int[] rows = index.array();
        float[] target = out.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset();
        parallel.rows(outRows, owned, (first, end) -> {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                if (row >= first && row < end) {
                    loops.get().rows().addTo(columns, source, atX + i * columns, target, atOut + row * columns);
                }
            }
        });
    }

    @Override
    public void groupMax(int groups, int size, int columns, Buffer x, Buffer out, Indices winner) {
        try (Leading leading = new Leading()) {
            float[] values = leading.read(x);
            float[] largest = leading.write(out);
            int[] winners = winner.array();
            parallel.rows(
                    groups,
                    rowsPerChunk(columns * size),
                    (from, to) -> loops.get().rows().groupMax(from, to, size, columns, values, largest, winners));
        }
    }

    @Override
    public void groupMaxBackward(int groups, int size, int columns, Buffer gradOut, Indices winner, Buffer gradIn) {
        try (Leading leading = new Leading()) {
            float[] out = leading.read(gradOut);
            float[] in = leading.write(gradIn);
            int[] winners = winner.array();
            parallel.rows(
                    groups,
                    rowsPerChunk(columns * size),
                    (from, to) -> loops.get().rows().groupMaxBackward(from, to, size, columns, out, winners, in));
        }
    }

    @Override
    public void copyColumnsIn(int rows, int columns, Buffer x, int outColumns, int offset, Buffer out) {
        float[] source = x.array();
        float[] target = out.array();
        int atX = x.arrayOffset();
        int atOut = out.arrayOffset() + offset;
        parallel.rows(rows, rowsPerChunk(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(source, atX + i * columns, target, atOut + i * outColumns, columns);
            }
        });
    }

    @Override
    public void copyColumnsOut(int rows, int columns, Buffer x, int inColumns, int offset, Buffer out) {
        float[] source = x.array();
        float[] target = out.array();
        int atX = x.arrayOffset() + offset;
        int atOut = out.arrayOffset();
        parallel.rows(rows, rowsPerChunk(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(source, atX + i * inColumns, target, atOut + i * columns, columns);
            }
        });
    }

    @Override
    public void normalizeRows(int rows, int columns, Buffer x, Buffer norms, Buffer out) {
        try (Leading leading = new Leading()) {
            float[] values = leading.read(x);
            float[] lengths = leading.write(norms);
            float[] units = leading.write(out);
            parallel.rows(
                    rows,
                    rowsPerChunk(columns),
                    (from, to) -> loops.get().rows().normalizeRows(from, to, columns, values, lengths, units));
        }
    }

    @Override
    public void normalizeRowsBackward(int rows, int columns, Buffer y, Buffer norms, Buffer gradOut, Buffer gradIn) {
        try (Leading leading = new Leading()) {
            float[] units = leading.read(y);
            float[] lengths = leading.read(norms);
            float[] out = leading.read(gradOut);
            float[] in = leading.write(gradIn);
            parallel.rows(
                    rows,
                    rowsPerChunk(columns),
                    (from, to) -> loops.get().rows().normalizeRowsBackward(from, to, columns, units, lengths, out, in));
        }
    }

    @Override
    public void softmaxRows(int rows, int columns, Buffer x, Buffer out) {
        try (Leading leading = new Leading()) {
            float[] values = leading.read(x);
            float[] shares = leading.write(out);
            parallel.rows(
                    rows,
                    rowsPerChunk(columns),
                    (from, to) -> loops.get().rows().softmax(from, to, columns, values, shares));
        }
    }

    @Override
    public void accuracy(int rows, int columns, Buffer scores, Indices labels, Buffer out) {
        int chunk = rowsPerChunk(columns);
        int chunks = chunks(rows, chunk);
        double[] partial = scratch().doubles(2 * chunks);
        try (Leading leading = new Leading()) {
            float[] values = leading.read(scores);
            int[] classes = labels.array();
            parallel.run(
                    chunks,
                    c -> RowLoops.hits(
                            c * chunk, Math.min(rows, (c + 1) * chunk), columns, values, classes, partial, 2 * c));
        }
        put(out, every(2, 0, chunks, partial) / every(2, 1, chunks, partial));
    }

    /** Sum of one of the numbers that every chunk has given. */
    private static double every(int stride, int first, int chunks, double[] partial) {
        double sum = 0;
        for (int c = 0; c < chunks; c++) {
            sum += partial[c * stride + first];
        }
        return sum;
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
        int chunk = rowsPerChunk(columns);
        int chunks = chunks(rows, chunk);
        double[] partial = scratch().doubles(2 * chunks);
        try (Leading leading = new Leading()) {
            float[] values = leading.read(logits);
            int[] classes = labels.array();
            float[] shares = leading.read(weights);
            float[] to = leading.write(gradient);
            parallel.run(
                    chunks,
                    c -> loops.get()
                            .rows()
                            .crossEntropy(
                                    c * chunk,
                                    Math.min(rows, (c + 1) * chunk),
                                    columns,
                                    values,
                                    classes,
                                    smoothing,
                                    shares,
                                    to,
                                    partial,
                                    2 * c));
        }
        double counted = every(2, 1, chunks, partial);
        double over = counted == 0 ? 1 : counted;
        put(loss, every(2, 0, chunks, partial) / over);
        put(divisor, over, over - (float) over);
    }

    @Override
    public void crossEntropyBackward(int n, Buffer gradOut, Buffer divisor, Buffer gradient) {
        scale(n, (float) (gradOut.get(0) / ((double) divisor.get(0) + divisor.get(1))), gradient, gradient);
    }
}
