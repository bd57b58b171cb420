package org.scenecontexts.nd4j.dense;

import static org.scenecontexts.nd4j.dense.Nd4jOps.assign;
import static org.scenecontexts.nd4j.dense.Nd4jOps.run;
import static org.scenecontexts.nd4j.dense.Nd4jOps.vector;
import static org.scenecontexts.nd4j.memory.Nd4jBuffer.own;

import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;

/**
 * Dense arithmetic on ND4J arrays: products, copies, elementwise operations, gathered and scattered rows are ND4J's; sums in
 * double precision, norms, losses and the steps of optimizers are loops on the same memory.
 */
public final class Nd4jDenseKernels extends Nd4jElements {

    private final ColumnSums columnSums;
    private final RowFunctions rowFunctions;

    /** @param parallel threads for loops; ND4J has its own */
    public Nd4jDenseKernels(Parallel parallel) {
        super(parallel);
        columnSums = new ColumnSums(parallel);
        rowFunctions = new RowFunctions(parallel);
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
        if (m == 0 || n == 0) {
            return;
        }
        if (k == 0) {
            if (!accumulate) {
                fill(m * n, 0, c);
            }
            return;
        }
        Nd4jOps.product(
                transposeA,
                transposeB,
                transposeA ? own(a).array(k, m) : own(a).array(m, k),
                transposeB ? own(b).array(n, k) : own(b).array(k, n),
                own(c).array(m, n),
                accumulate,
                a,
                b,
                c);
    }

    // ---- columns ----------------------------------------------------------------------------------------------

    @Override
    public void addRow(int rows, int columns, Buffer x, Buffer row, Buffer out) {
        if (rows > 0) {
            run(
                    new BroadcastAddOp(
                            own(x).array(rows, columns), vector(row, columns), own(out).array(rows, columns), 1),
                    x,
                    row,
                    out);
        }
    }

    @Override
    public void multiplyRow(int rows, int columns, Buffer x, Buffer row, Buffer out) {
        if (rows > 0) {
            run(
                    new BroadcastMulOp(
                            own(x).array(rows, columns), vector(row, columns), own(out).array(rows, columns), 1),
                    x,
                    row,
                    out);
        }
    }

    @Override
    public void sumRows(int rows, int columns, Buffer x, Buffer out, boolean accumulate) {
        columnSums.sumRows(rows, columns, x, out, accumulate);
    }

    @Override
    public void columnMoments(int rows, int columns, Buffer x, Buffer mean, Buffer variance) {
        columnSums.moments(rows, columns, x, mean, variance);
    }

    @Override
    public void overRoot(int n, double numerator, Buffer variance, double epsilon, Buffer out) {
        var from = own(variance).reading();
        var to = own(out).writing();
        for (int j = 0; j < n; j++) {
            to.set(j, (float) (numerator / Math.sqrt(from.get(j) + epsilon)));
        }
    }

    @Override
    public void overRoot(int n, Buffer numerator, Buffer variance, double epsilon, Buffer out) {
        var over = own(numerator).reading();
        var from = own(variance).reading();
        var to = own(out).writing();
        for (int j = 0; j < n; j++) {
            to.set(j, (float) (over.get(j) / Math.sqrt(from.get(j) + epsilon)));
        }
    }

    @Override
    public void follow(int n, double weight, double factor, Buffer batch, Buffer running) {
        var from = own(batch).reading();
        var to = own(running).writing();
        for (int j = 0; j < n; j++) {
            to.set(j, (float) ((1 - weight) * to.get(j) + weight * from.get(j) * factor));
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
        columnSums.normalize(rows, columns, x, mean, scale, shift, residual, relu, out);
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
        columnSums.batchNormBackward(
                rows, columns, x, y, gradOut, mean, inverseStd, gamma, relu, gradIn, gradGamma, gradBeta, gradResidual);
    }

    // ---- rows -------------------------------------------------------------------------------------------------

    @Override
    public void gatherRows(int count, int columns, Buffer x, Indices index, Buffer out) {
        if (count > 0 && columns > 0) {
            Nd4jOps.gather(count, columns, x.capacity() / columns, x, index, out);
        }
    }

    @Override
    public void scatterAddRows(int count, int columns, Buffer x, Indices index, int outRows, Buffer out) {
        if (count > 0 && columns > 0) {
            Nd4jOps.scatterAdd(count, columns, x, index, outRows, out);
        }
    }

    @Override
    public void groupMax(int groups, int size, int columns, Buffer x, Buffer out, Indices winner) {
        rowFunctions.groupMax(groups, size, columns, x, out, winner);
    }

    @Override
    public void groupMaxBackward(int groups, int size, int columns, Buffer gradOut, Indices winner, Buffer gradIn) {
        fill(groups * size * columns, 0, gradIn);
        rowFunctions.putWinners(groups, columns, gradOut, winner, gradIn);
    }

    @Override
    public void copyColumnsIn(int rows, int columns, Buffer x, int outColumns, int offset, Buffer out) {
        if (rows > 0) {
            assign(own(x).array(rows, columns), own(out).columns(rows, columns, outColumns, offset), x, out);
        }
    }

    @Override
    public void copyColumnsOut(int rows, int columns, Buffer x, int inColumns, int offset, Buffer out) {
        if (rows > 0) {
            assign(own(x).columns(rows, columns, inColumns, offset), own(out).array(rows, columns), x, out);
        }
    }

    @Override
    public void normalizeRows(int rows, int columns, Buffer x, Buffer norms, Buffer out) {
        rowFunctions.normalize(rows, columns, x, norms, out);
    }

    @Override
    public void normalizeRowsBackward(int rows, int columns, Buffer y, Buffer norms, Buffer gradOut, Buffer gradIn) {
        rowFunctions.normalizeBackward(rows, columns, y, norms, gradOut, gradIn);
    }

    @Override
    public void softmaxRows(int rows, int columns, Buffer x, Buffer out) {
        rowFunctions.softmax(rows, columns, x, out);
    }

    @Override
    public void accuracy(int rows, int columns, Buffer scores, Indices labels, Buffer out) {
        rowFunctions.accuracy(rows, columns, scores, labels, out);
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
        rowFunctions.crossEntropy(rows, columns, logits, labels, smoothing, weights, gradient, loss, divisor);
    }

    @Override
    public void crossEntropyBackward(int n, Buffer gradOut, Buffer divisor, Buffer gradient) {
        var over = own(divisor).reading();
        double rest = (double) over.get(0) + over.get(1);
        scale(n, (float) (own(gradOut).reading().get(0) / rest), gradient, gradient);
    }
}
