package org.scenecontexts.nd4j.dense;

import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.nd4j.memory.NativeFloats;

/** Sums, moments and norms of columns in double precision, on ND4J's memory. */
final class ColumnSums {

    private static final NativeFloats NOTHING = new NativeFloats(java.lang.foreign.MemorySegment.ofArray(new float[0]));

    private final Parallel parallel;

    ColumnSums(Parallel parallel) {
        this.parallel = parallel;
    }

    void sumRows(int rows, int columns, Buffer x, Buffer out, boolean accumulate) {
        NativeFloats values = own(x).reading();
        double[] found = Stretches.sum(parallel, 0, rows, columns, columns, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    sums[j] += values.get(row + j);
                }
            }
        });
        NativeFloats target = own(out).writing();
        for (int j = 0; j < columns; j++) {
            target.set(j, (float) (accumulate ? target.get(j) + found[j] : found[j]));
        }
    }

    /** In two passes, so that a mean far from zero costs no digits. */
    void moments(int rows, int columns, Buffer x, Buffer mean, Buffer variance) {
        NativeFloats values = own(x).reading();
        double[] means = Stretches.sum(parallel, 0, rows, columns, columns, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    sums[j] += values.get(row + j);
                }
            }
        });
        for (int j = 0; j < columns; j++) {
            means[j] /= rows;
        }
        double[] squares = Stretches.sum(parallel, 0, rows, columns, columns, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    double d = values.get(row + j) - means[j];
                    sums[j] += d * d;
                }
            }
        });
        NativeFloats toMean = own(mean).writing();
        NativeFloats toVariance = own(variance).writing();
        for (int j = 0; j < columns; j++) {
            toMean.set(j, (float) means[j]);
            toVariance.set(j, (float) (squares[j] / rows));
        }
    }

    void normalize(
            int rows,
            int columns,
            Buffer x,
            Buffer mean,
            Buffer scale,
            Buffer shift,
            Buffer residual,
            boolean relu,
            Buffer out) {
        NativeFloats values = own(x).reading();
        NativeFloats means = own(mean).reading();
        NativeFloats scales = own(scale).reading();
        NativeFloats shifts = own(shift).reading();
        boolean adds = residual.capacity() > 0;
        NativeFloats rest = adds ? own(residual).reading() : NOTHING;
        NativeFloats target = own(out).writing();
        parallel.rows(rows, Stretches.rows(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    float v = (values.get(row + j) - means.get(j)) * scales.get(j) + shifts.get(j);
                    v = adds ? v + rest.get(row + j) : v;
                    target.set(row + j, relu ? Math.max(v, 0f) : v);
                }
            }
        });
    }

    void batchNormBackward(
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
        NativeFloats values = own(x).reading();
        NativeFloats outputs = relu ? own(y).reading() : NOTHING;
        NativeFloats g = own(gradOut).reading();
        NativeFloats means = own(mean).reading();
        NativeFloats inverses = own(inverseStd).reading();
        NativeFloats gammas = own(gamma).reading();
        boolean keeps = gradResidual.capacity() > 0;
        NativeFloats residual = keeps ? own(gradResidual).writing() : NOTHING;
        NativeFloats target = own(gradIn).writing();
        double[] found = Stretches.sum(parallel, 0, rows, columns, 2 * columns, (from, to, sums) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    double behind = relu && !(outputs.get(row + j) > 0) ? 0 : g.get(row + j);
                    sums[j] += behind;
                    sums[columns + j] += behind * ((double) values.get(row + j) - means.get(j)) * inverses.get(j);
                }
            }
        });
        parallel.rows(rows, Stretches.rows(columns), (from, to) -> {
            for (int i = from; i < to; i++) {
                long row = (long) i * columns;
                for (int j = 0; j < columns; j++) {
                    float behind = relu && !(outputs.get(row + j) > 0) ? 0 : g.get(row + j);
                    float normed = (values.get(row + j) - means.get(j)) * inverses.get(j);
                    float level = (float) (found[j] / rows);
                    float slope = (float) (found[columns + j] / rows);
                    if (keeps) {
                        residual.set(row + j, behind);
                    }
                    target.set(row + j, gammas.get(j) * inverses.get(j) * (behind - level - normed * slope));
                }
            }
        });
        NativeFloats toGamma = own(gradGamma).writing();
        NativeFloats toBeta = own(gradBeta).writing();
        for (int j = 0; j < columns; j++) {
            toBeta.set(j, (float) found[j]);
            toGamma.set(j, (float) found[columns + j]);
        }
    }
}
