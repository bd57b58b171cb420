package org.scenecontexts.runtime.engine.dense;

import java.util.Arrays;
import java.util.function.Supplier;
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

    private final Parallel parallel;
    private final Supplier<Loops> loops;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    /**
     * @param parallel threads to work on
     * @param loops the loops for the next operation; all that it ever gives compute the same bits
     */
    protected ChunkedDenseKernels(Parallel parallel, Supplier<Loops> loops) {
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

    static int chunks(int n, int chunk) {
        return (n + chunk - 1) / chunk;
    }

    // ---- elementwise ------------------------------------------------------------------------------------------

    @Override
    public void fill(int n, float value, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> Arrays.fill(out, from, to, value));
    }

    @Override
    public void add(int n, float[] x, float[] y, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> loops.get().elements().add(from, to, x, y, out));
    }

    @Override
    public void subtract(int n, float[] x, float[] y, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> loops.get().elements().subtract(from, to, x, y, out));
    }

    @Override
    public void multiply(int n, float[] x, float[] y, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> loops.get().elements().multiply(from, to, x, y, out));
    }

    @Override
    public void scale(int n, float alpha, float[] x, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> loops.get().elements().scale(from, to, alpha, x, out));
    }

    @Override
    public void axpy(int n, float alpha, float[] x, float[] y) {
        parallel.rows(n, CHUNK, (from, to) -> loops.get().elements().axpy(from, to, alpha, x, y));
    }

    @Override
    public void relu(int n, float[] x, float[] out) {
        parallel.rows(n, CHUNK, (from, to) -> loops.get().elements().relu(from, to, x, out));
    }

    @Override
    public void reluBackward(int n, float[] y, float[] gradOut, float[] gradIn) {
        parallel.rows(n, CHUNK, (from, to) -> loops.get().elements().reluBackward(from, to, y, gradOut, gradIn));
    }

    @Override
    public double sum(int n, float[] x) {
        int chunks = chunks(n, CHUNK);
        double[] partial = scratch.get().doubles(chunks);
        parallel.run(chunks, c -> partial[c] = loops.get().elements().sum(c * CHUNK, Math.min(n, (c + 1) * CHUNK), x));
        return total(chunks, partial);
    }

    @Override
    public double sumOfSquares(int n, float[] x) {
        int chunks = chunks(n, CHUNK);
        double[] partial = scratch.get().doubles(chunks);
        parallel.run(
                chunks,
                c -> partial[c] = loops.get().elements().sumOfSquares(c * CHUNK, Math.min(n, (c + 1) * CHUNK), x));
        return total(chunks, partial);
    }

    @Override
    public boolean allFinite(int n, float[] x) {
        int chunks = chunks(n, CHUNK);
        double[] partial = scratch.get().doubles(chunks);
        parallel.run(
                chunks,
                c -> partial[c] = loops.get().elements().allFinite(c * CHUNK, Math.min(n, (c + 1) * CHUNK), x) ? 0 : 1);
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
        parallel.rows(
                rows,
                rowsPerChunk(columns),
                (from, to) -> loops.get().columns().addRow(from, to, 0, columns, x, row, out));
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
        parallel.rows(
                rows,
                rowsPerChunk(columns),
                (from, to) -> loops.get()
                        .columns()
                        .normalize(from, to, 0, columns, x, mean, scale, shift, residual, relu, out));
    }

    @Override
    public void sumRows(int rows, int columns, float[] x, float[] out, boolean accumulate) {
        reductions().sumRows(rows, columns, x, out, accumulate);
    }

    @Override
    public void columnMoments(int rows, int columns, float[] x, float[] mean, float[] variance) {
        reductions().columnMoments(rows, columns, x, mean, variance);
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
        reductions()
                .batchNormBackward(
                        rows,
                        columns,
                        x,
                        y,
                        gradOut,
                        mean,
                        inverseStd,
                        gamma,
                        relu,
                        gradIn,
                        gradGamma,
                        gradBeta,
                        gradResidual);
    }

    private ColumnReductions reductions() {
        return new ColumnReductions(parallel, loops.get().columns(), scratch.get());
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
                    loops.get().rows().addTo(columns, x, i * columns, out, row * columns);
                }
            }
        });
    }

    @Override
    public void groupMax(int groups, int size, int columns, float[] x, float[] out, int[] winner) {
        parallel.rows(
                groups,
                rowsPerChunk(columns * size),
                (from, to) -> loops.get().rows().groupMax(from, to, size, columns, x, out, winner));
    }

    @Override
    public void groupMaxBackward(int groups, int size, int columns, float[] gradOut, int[] winner, float[] gradIn) {
        parallel.rows(
                groups,
                rowsPerChunk(columns * size),
                (from, to) -> loops.get().rows().groupMaxBackward(from, to, size, columns, gradOut, winner, gradIn));
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
        parallel.rows(
                rows,
                rowsPerChunk(columns),
                (from, to) -> loops.get().rows().normalizeRows(from, to, columns, x, norms, out));
    }

    @Override
    public void normalizeRowsBackward(
            int rows, int columns, float[] y, float[] norms, float[] gradOut, float[] gradIn) {
        parallel.rows(
                rows,
                rowsPerChunk(columns),
                (from, to) -> loops.get().rows().normalizeRowsBackward(from, to, columns, y, norms, gradOut, gradIn));
    }

    @Override
    public void softmaxRows(int rows, int columns, float[] x, float[] out) {
        parallel.rows(
                rows, rowsPerChunk(columns), (from, to) -> loops.get().rows().softmax(from, to, columns, x, out));
    }

    @Override
    public double[] crossEntropy(
            int rows, int columns, float[] logits, int[] labels, float smoothing, float[] weights, float[] gradient) {
        int chunk = rowsPerChunk(columns);
        int chunks = chunks(rows, chunk);
        double[] partial = scratch.get().doubles(2 * chunks);
        parallel.run(
                chunks,
                c -> loops.get()
                        .rows()
                        .crossEntropy(
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
            parallel.rows(
                    n,
                    CHUNK,
                    (from, to) ->
                            loops.get().elements().sgdPlain(from, to, parameter, gradient, learningRate, weightDecay));
            return;
        }
        float keep = first ? 0 : mu;
        float take = first ? 1 : 1 - dampening;
        parallel.rows(
                n,
                CHUNK,
                (from, to) -> loops.get()
                        .elements()
                        .sgdMomentum(
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
        parallel.rows(
                n,
                CHUNK,
                (from, to) -> loops.get().elements().adam(from, to, parameter, gradient, first, second, numbers));
    }
}
