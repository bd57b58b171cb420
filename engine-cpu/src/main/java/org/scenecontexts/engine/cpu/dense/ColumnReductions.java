package org.scenecontexts.engine.cpu.dense;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;

/** Sums, moments and the batch-norm gradient: partial results per chunk of rows, added up in the order of the chunks. */
final class ColumnReductions {

    /** Rows whose mean is the centre of a chunk's sums. */
    private static final int CENTRE_ROWS = 16;

    private final Parallel parallel;
    private final ColumnLoops columnLoops;
    private final Scratch scratch;

    ColumnReductions(Parallel parallel, ColumnLoops columnLoops, Scratch scratch) {
        this.parallel = parallel;
        this.columnLoops = columnLoops;
        this.scratch = scratch;
    }

    /** As {@link org.scenecontexts.api.engine.DenseKernels#sumRows}. */
    void sumRows(int rows, int columns, float[] x, float[] out, boolean accumulate) {
        int chunk = ChunkedDenseKernels.rowsPerChunk(columns);
        int chunks = ChunkedDenseKernels.chunks(rows, chunk);
        float[] partial = scratch.floats(chunks * columns);
        parallel.run(
                chunks,
                c -> columnLoops.sums(c * chunk, Math.min(rows, (c + 1) * chunk), 0, columns, x, partial, c * columns));
        double[] total = totals(chunks, columns, columns, partial);
        for (int j = 0; j < columns; j++) {
            out[j] = (float) (accumulate ? out[j] + total[j] : total[j]);
        }
    }

    /** Adds up {@code width} leading numbers of each chunk's {@code stride}, in chunk order. */
    private double[] totals(int chunks, int stride, int width, float[] partial) {
        double[] total = scratch.doubles(width);
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
    void columnMoments(int rows, int columns, float[] x, float[] mean, float[] variance) {
        int chunk = ChunkedDenseKernels.rowsPerChunk(columns);
        int chunks = ChunkedDenseKernels.chunks(rows, chunk);
        int stride = 3 * columns;
        float[] partial = scratch.floats(chunks * stride);
        parallel.run(chunks, c -> {
            int from = c * chunk;
            int to = Math.min(rows, from + chunk);
            int head = Math.min(to, from + CENTRE_ROWS);
            int at = c * stride;
            columnLoops.sums(from, head, 0, columns, x, partial, at);
            float weight = 1f / (head - from);
            for (int j = at; j < at + columns; j++) {
                partial[j] *= weight;
            }
            columnLoops.centredSums(from, to, 0, columns, x, partial, at, at + columns);
        });
        double[] merged = scratch.doubles(2 * columns);
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

    /** As {@link org.scenecontexts.api.engine.DenseKernels#batchNormBackward}. */
    void batchNormBackward(
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
        int chunk = ChunkedDenseKernels.rowsPerChunk(columns);
        int chunks = ChunkedDenseKernels.chunks(rows, chunk);
        int stride = 2 * columns;
        float[] partial = scratch.floats(chunks * stride);
        parallel.run(
                chunks,
                c -> columnLoops.normSums(
                        c * chunk,
                        Math.min(rows, (c + 1) * chunk),
                        0,
                        columns,
                        x,
                        y,
                        gradOut,
                        mean,
                        relu,
                        gradResidual,
                        partial,
                        c * stride));
        double[] total = totals(chunks, stride, stride, partial);
        float[] factors = scratch.factors(3 * columns);
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
        parallel.run(
                chunks,
                c -> columnLoops.normGradient(
                        c * chunk,
                        Math.min(rows, (c + 1) * chunk),
                        0,
                        columns,
                        x,
                        y,
                        behind,
                        mean,
                        relu && !masked,
                        factors,
                        gradIn));
    }
}
