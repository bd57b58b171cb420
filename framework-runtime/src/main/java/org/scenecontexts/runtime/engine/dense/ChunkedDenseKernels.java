package org.scenecontexts.runtime.engine.dense;

import java.util.Arrays;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;

/**
 * Cuts dense arithmetic into chunks for the threads of an engine and adds up partial results in the order of the chunks.
 *
 * <p>Chunks depend on the size of the matrices only: results are bit-identical for any number of threads. What happens
 * inside a chunk is left to the loops given, plain or vectorised.
 */
public abstract class ChunkedDenseKernels implements DenseKernels {

    /** Numbers per chunk: small enough to stay in a core's second-level cache, large enough to be worth a hand-over. */
    static final int CHUNK = 1 << 15;

    /** More rows than this would lose digits in a float sum. */
    static final int MOST_ROWS = 512;

    /** Rows whose mean is the centre of a chunk's sums. */
    private static final int CENTRE_ROWS = 16;

    private final Parallel parallel;
    private final ElementLoops elements;
    private final ColumnLoops columnLoops;
    private final RowLoops rowLoops;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    protected ChunkedDenseKernels(Parallel parallel, ElementLoops elements, ColumnLoops columns, RowLoops rows) {
        this.parallel = parallel;
        this.elements = elements;
        this.columnLoops = columns;
        this.rowLoops = rows;
    }

    /** Partial results, kept from call to call. */
    private static final class Scratch {
        private float[] floats = {};
        private float[] factors = {};
        private double[] doubles = {};

        float[] floats(int length) {
            return floats.length >= length ? floats : (floats = new float[length]);
        }

        float[] factors(int length) {
            return factors.length >= length ? factors : (factors = new float[length]);
        }

        double[] doubles(int length) {
            return doubles.length >= length ? doubles : (doubles = new double[length]);
        }
    }

    private static int rowsPerChunk(int columns) {
        return Math.clamp(CHUNK / Math.max(columns, 1), 1, MOST_ROWS);
    }

    private static int chunks(int n, int chunk) {
        return (n + chunk - 1) / chunk;
    }

    // ---- elementwise ------------------------------------------------------------------------------------------

    @Override
    public void fill(int n, float value, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> Arrays.fill(out, from, to, value));
    }

    @Override
    public void add(int n, float[] x, float[] y, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> elements.add(from, to, x, y, out));
    }

    @Override
    public void subtract(int n, float[] x, float[] y, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> elements.subtract(from, to, x, y, out));
    }

    @Override
    public void multiply(int n, float[] x, float[] y, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> elements.multiply(from, to, x, y, out));
    }

    @Override
    public void scale(int n, float alpha, float[] x, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> elements.scale(from, to, alpha, x, out));
    }

    @Override
    public void axpy(int n, float alpha, float[] x, float[] y) {
        parallel.rows(n, CHUNK, (from, to) -> elements.axpy(from, to, alpha, x, y));
    }

    @Override
    public void relu(int n, float[] x, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> elements.relu(from, to, x, out));
    }

    @Override
    public void reluBackward(int n, float[] y, float[] gradOut, float[] gradIn) {
        parallel.rows(n, CHUNK, (from, to) -> elements.reluBackward(from, to, y, gradOut, gradIn));
    }

    @Override
    public double sum(int n, float[] x) {
        int chunks = chunks(n, CHUNK);
        double[] partial = scratch.get().doubles(chunks);
        parallel.run(chunks, c -> partial[c] = elements.sum(c * CHUNK, Math.min(n, (c + 1) * CHUNK), x));
        return total(chunks, partial);
    }

    @Override
    public double sumOfSquares(int n, float[] x) {
        int chunks = chunks(n, CHUNK);
        double[] partial = scratch.get().doubles(chunks);
        parallel.run(chunks, c -> partial[c] = elements.sumOfSquares(c * CHUNK, Math.min(n, (c + 1) * CHUNK), x));
        return total(chunks, partial);
    }

    @Override
    public boolean allFinite(int n, float[] x) {
        int chunks = chunks(n, CHUNK);
        double[] partial = scratch.get().doubles(chunks);
        parallel.run(
                chunks, c -> partial[c] = elements.allFinite(c * CHUNK, Math.min(n, (c + 1) * CHUNK), x) ? 0 : 1);
        return total(chunks, partial) == 0;
    }

    private static double total(int chunks, double[] partial) {
        double sum = 0;
        for (int c = 0; c < chunks; c++) {
            sum += partial[c];
        }
        return sum;
    }

    // ---- columns ----------------------------------------------------------------------------------------------

    @Override
    public void addRow(int rows, int columns, float[] x, float[] row, float[] out) {
        parallel.rows(rows, rowsPerChunk(columns), (from, to) ->
                columnLoops.addRow(ColumnLoops.Block.rows(from, to, columns), x, row, out));
    }

    @Override
    public void sumRows(int rows, int columns, float[] x, float[] out, boolean accumulate) {
        int chunk = rowsPerChunk(columns);
        int chunks = chunks(rows, chunk);
        float[] partial = scratch.get().floats(chunks * columns);
        parallel.run(chunks, c -> columnLoops.sums(block(c, chunk, rows, columns), x, partial, c * columns));
        double[] total = totals(chunks, columns, columns, partial);
        for (int j = 0; j < columns; j++) {
            out[j] = (float) (accumulate ? out[j] + total[j] : total[j]);
        }
    }

    private static ColumnLoops.Block block(int c, int chunk, int rows, int columns) {
        return ColumnLoops.Block.rows(c * chunk, Math.min(rows, (c + 1) * chunk), columns);
    }

    /** Adds up {@code width} leading numbers of each chunk's {@code stride}, in chunk order. */
    private double[] totals(int chunks, int stride, int width, float[] partial) {
        double[] total = scratch.get().doubles(width);
        Arrays.fill(total, 0, width, 0);
        for (int c = 0; c < chunks; c++) {
            for (int j = 0; j < width; j++) {
                total[j] += partial[c * stride + j];
            }
        }
        return total;
    }

    /**
     * Each chunk sums the distances from the mean of its first rows; the chunks are merged in double precision (Chan,
     * Golub and LeVeque). Sound however far the mean is from zero: the mean of 16 among 512 numbers is at most 5.6
     * standard deviations of these numbers away from theirs, whatever the numbers.
     */
    @Override
    public void columnMoments(int rows, int columns, float[] x, float[] mean, float[] variance) {
        int chunk = rowsPerChunk(columns);
        int chunks = chunks(rows, chunk);
        int stride = 3 * columns;
        float[] partial = scratch.get().floats(chunks * stride);
        parallel.run(chunks, c -> {
            ColumnLoops.Block block = block(c, chunk, rows, columns);
            int at = c * stride;
            ColumnLoops.Block head = block.top(CENTRE_ROWS);
            columnLoops.sums(head, x, partial, at);
            float weight = 1f / head.rows();
            for (int j = at; j < at + columns; j++) {
                partial[j] *= weight;
            }
            columnLoops.centredSums(block, x, partial, at, at + columns);
        });
        double[] merged = scratch.get().doubles(2 * columns);
        Arrays.fill(merged, 0, 2 * columns, 0);
        for (int c = 0; c < chunks; c++) {
            merge(columns, partial, c * stride, c * chunk, Math.min(rows, (c + 1) * chunk) - c * chunk, merged);
        }
        for (int j = 0; j < columns; j++) {
            mean[j] = (float) merged[j];
            variance[j] = (float) (merged[columns + j] / rows);
        }
    }

    private static void merge(int columns, float[] partial, int at, int before, int count, double[] merged) {
        double share = (double) count / (before + count);
        double cross = before * share;
        for (int j = 0; j < columns; j++) {
            double rest = partial[at + columns + j] / (double) count;
            double mean = partial[at + j] + rest;
            double squares = partial[at + 2 * columns + j] - count * rest * rest;
            double delta = mean - merged[j];
            merged[j] += delta * share;
            merged[columns + j] += squares + delta * delta * cross;
        }
    }

    @Override
    public void normalize(
            int rows,
            int columns,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            boolean relu,
            float[] out) {
        parallel.rows(rows, rowsPerChunk(columns), (from, to) ->
                columnLoops.normalize(
                        ColumnLoops.Block.rows(from, to, columns), x, mean, scale, shift, residual, relu, out));
    }

    @Override
    public void batchNormBackward(
            int rows,
            int columns,
            float[] x,
            float[] y,
            float[] gradOut,
            float[] mean,
            float[] inverseStd,
            float[] gamma,
            boolean relu,
            float[] gradIn,
            float[] gradGamma,
            float[] gradBeta,
            float[] gradResidual) {
        int chunk = rowsPerChunk(columns);
        int chunks = chunks(rows, chunk);
        int stride = 2 * columns;
        float[] partial = scratch.get().floats(chunks * stride);
        parallel.run(chunks, c ->
                columnLoops.normSums(
                        block(c, chunk, rows, columns),
                        x,
                        y,
                        gradOut,
                        mean,
                        relu,
                        gradResidual,
                        partial,
                        c * stride));
        double[] total = totals(chunks, stride, stride, partial);
        float[] factors = scratch.get().factors(3 * columns);
        for (int j = 0; j < columns; j++) {
            double slope = total[columns + j] * inverseStd[j];
            double a = (double) gamma[j] * inverseStd[j];
            gradBeta[j] = (float) total[j];
            gradGamma[j] = (float) slope;
            factors[j] = (float) a;
            factors[columns + j] = (float) (a * slope * inverseStd[j] / rows);
            factors[2 * columns + j] = (float) (a * total[j] / rows);
        }
        // Where the first pass has written the gradient behind the activation, the output is not needed again.
        boolean masked = gradResidual.length > 0;
        float[] behind = masked ? gradResidual : gradOut;
        parallel.run(chunks, c ->
                columnLoops.normGradient(
                        block(c, chunk, rows, columns), x, y, behind, mean, relu && !masked, factors, gradIn));
    }

    // ---- rows -------------------------------------------------------------------------------------------------

    @Override
    public void gatherRows(int count, int columns, float[] x, int[] index, float[] out) {
        parallel.rows(count, rowsPerChunk(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(x, index[i] * columns, out, i * columns, columns);
            }
        });
    }

    /**
     * Each piece owns a range of output rows and walks the whole index: every row gets its addends in the order of the
     * index whatever the number of pieces, which may therefore follow the number of threads.
     */
    @Override
    public void scatterAddRows(int count, int columns, float[] x, int[] index, int outRows, float[] out) {
        int pieces = parallel.threads() == 1 || (long) count * columns < CHUNK ? 1 : 2 * parallel.threads();
        int owned = Math.max(1, chunks(outRows, pieces));
        parallel.rows(outRows, owned, (first, end) -> {
            for (int i = 0; i < count; i++) {
                int row = index[i];
                if (row >= first && row < end) {
                    rowLoops.addTo(columns, x, i * columns, out, row * columns);
                }
            }
        });
    }

    @Override
    public void groupMax(int groups, int size, int columns, float[] x, float[] out, int[] winner) {
        parallel.rows(groups, rowsPerChunk(columns * size), (from, to) ->
                rowLoops.groupMax(from, to, size, columns, x, out, winner));
    }

    @Override
    public void groupMaxBackward(int groups, int size, int columns, float[] gradOut, int[] winner, float[] gradIn) {
        parallel.rows(groups, rowsPerChunk(columns * size), (from, to) ->
                rowLoops.groupMaxBackward(from, to, size, columns, gradOut, winner, gradIn));
    }

    @Override
    public void copyColumnsIn(int rows, int columns, float[] x, int outColumns, int offset, float[] out) {
        parallel.rows(rows, rowsPerChunk(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(x, i * columns, out, i * outColumns + offset, columns);
            }
        });
    }

    @Override
    public void copyColumnsOut(int rows, int columns, float[] x, int inColumns, int offset, float[] out) {
        parallel.rows(rows, rowsPerChunk(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(x, i * inColumns + offset, out, i * columns, columns);
            }
        });
    }

    @Override
    public void normalizeRows(int rows, int columns, float[] x, float[] norms, float[] out) {
        parallel.rows(rows, rowsPerChunk(columns), (from, to) ->
                rowLoops.normalizeRows(from, to, columns, x, norms, out));
    }

    @Override
    public void normalizeRowsBackward(
            int rows, int columns, float[] y, float[] norms, float[] gradOut, float[] gradIn) {
        parallel.rows(rows, rowsPerChunk(columns), (from, to) ->
                rowLoops.normalizeRowsBackward(from, to, columns, y, norms, gradOut, gradIn));
    }

    @Override
    public void softmaxRows(int rows, int columns, float[] x, float[] out) {
        parallel.rows(rows, rowsPerChunk(columns), (from, to) -> rowLoops.softmax(from, to, columns, x, out));
    }

    @Override
    public double[] crossEntropy(
            int rows, int columns, float[] logits, int[] labels, float smoothing, float[] weights, float[] gradient) {
        int chunk = rowsPerChunk(columns);
        int chunks = chunks(rows, chunk);
        double[] partial = scratch.get().doubles(2 * chunks);
        parallel.run(chunks, c ->
                rowLoops.crossEntropy(
                        c * chunk,
                        Math.min(rows, (c + 1) * chunk),
                        columns,
                        logits,
                        labels,
                        smoothing,
                        weights,
                        gradient,
                        partial,
                        2 * c));
        double loss = 0;
        double counted = 0;
        for (int c = 0; c < chunks; c++) {
            loss += partial[2 * c];
            counted += partial[2 * c + 1];
        }
        return new double[] {loss, counted};
    }

    // ---- optimizers -------------------------------------------------------------------------------------------

    @Override
    public void sgdStep(
            int n,
            float[] parameter,
            float[] gradient,
            float[] momentum,
            float learningRate,
            float mu,
            float dampening,
            float weightDecay,
            boolean nesterov,
            boolean first) {
        if (mu == 0) {
            parallel.rows(n, CHUNK, (from, to) ->
                    elements.sgdPlain(from, to, parameter, gradient, learningRate, weightDecay));
            return;
        }
        float keep = first ? 0 : mu;
        float take = first ? 1 : 1 - dampening;
        parallel.rows(n, CHUNK, (from, to) ->
                elements.sgdMomentum(
                        from,
                        to,
                        parameter,
                        gradient,
                        momentum,
                        learningRate,
                        keep,
                        take,
                        weightDecay,
                        nesterov ? mu : 0));
    }

    @Override
    public void adamStep(
            int n,
            float[] parameter,
            float[] gradient,
            float[] first,
            float[] second,
            long step,
            float learningRate,
            float beta1,
            float beta2,
            float epsilon,
            float weightDecay,
            boolean decoupled) {
        ElementLoops.AdamNumbers numbers =
                ElementLoops.AdamNumbers.of(step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled);
        parallel.rows(n, CHUNK, (from, to) ->
                elements.adam(from, to, parameter, gradient, first, second, numbers));
    }
}
