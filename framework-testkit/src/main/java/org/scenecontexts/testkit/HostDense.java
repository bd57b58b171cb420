package org.scenecontexts.testkit;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.StepNumbers;

/**
 * The dense kernels of any engine on arrays of the host, so that one suite of tests serves all: every call brings its arrays
 * to the engine, computes there and fetches what came of them. One array given twice is one buffer.
 */
public final class HostDense {

    private static final int ANY = Integer.MAX_VALUE;

    private final DenseKernels kernels;
    private final Function<float[], Buffer> upload;
    private final Function<int[], Indices> uploadIndices;
    private final Map<Object, Object> buffers = new IdentityHashMap<>();

    /** Kernels on the heap. */
    public HostDense(DenseKernels kernels) {
        this(kernels, HeapBuffer::of, values -> HeapIndices.labels(values, ANY));
    }

    /**
     * @param upload brings an array to the engine
     * @param uploadIndices brings indices to the engine, negative ones too
     */
    public HostDense(DenseKernels kernels, Function<float[], Buffer> upload, Function<int[], Indices> uploadIndices) {
        this.kernels = kernels;
        this.upload = upload;
        this.uploadIndices = uploadIndices;
    }

    private Buffer on(float[] values) {
        return values.length == 0
                ? Buffer.NONE
                : (Buffer) buffers.computeIfAbsent(values, v -> upload.apply((float[]) v));
    }

    private Indices on(int[] values) {
        return (Indices) buffers.computeIfAbsent(values, v -> uploadIndices.apply((int[]) v));
    }

    private void call(Runnable kernel) {
        kernel.run();
        buffers.forEach((host, there) -> {
            if (host instanceof float[] values) {
                ((Buffer) there).copyOut(0, values, 0, values.length);
            } else if (host instanceof int[] values) {
                ((Indices) there).copyOut(0, values, 0, values.length);
            }
        });
        buffers.clear();
    }

    public void gemm(boolean ta, boolean tb, int m, int n, int k, float[] a, float[] b, float[] c, boolean accumulate) {
        call(() -> kernels.gemm(ta, tb, m, n, k, on(a), on(b), on(c), accumulate));
    }

    public void fill(int n, float value, float[] out) {
        call(() -> kernels.fill(n, value, on(out)));
    }

    public void broadcast(int n, float[] value, float[] out) {
        call(() -> kernels.broadcast(n, on(value), on(out)));
    }

    public void copy(int n, float[] x, float[] out) {
        call(() -> kernels.copy(n, on(x), on(out)));
    }

    public void add(int n, float[] x, float[] y, float[] out) {
        call(() -> kernels.add(n, on(x), on(y), on(out)));
    }

    public void subtract(int n, float[] x, float[] y, float[] out) {
        call(() -> kernels.subtract(n, on(x), on(y), on(out)));
    }

    public void multiply(int n, float[] x, float[] y, float[] out) {
        call(() -> kernels.multiply(n, on(x), on(y), on(out)));
    }

    public void scale(int n, float alpha, float[] x, float[] out) {
        call(() -> kernels.scale(n, alpha, on(x), on(out)));
    }

    public void scaleBy(int n, float[] alpha, float[] x, float[] out) {
        call(() -> kernels.scaleBy(n, on(alpha), on(x), on(out)));
    }

    public void axpy(int n, float alpha, float[] x, float[] y) {
        call(() -> kernels.axpy(n, alpha, on(x), on(y)));
    }

    public void addRow(int rows, int columns, float[] x, float[] row, float[] out) {
        call(() -> kernels.addRow(rows, columns, on(x), on(row), on(out)));
    }

    public void multiplyRow(int rows, int columns, float[] x, float[] row, float[] out) {
        call(() -> kernels.multiplyRow(rows, columns, on(x), on(row), on(out)));
    }

    public void sumRows(int rows, int columns, float[] x, float[] out, boolean accumulate) {
        call(() -> kernels.sumRows(rows, columns, on(x), on(out), accumulate));
    }

    public float sum(int n, float[] x) {
        float[] out = new float[1];
        call(() -> kernels.sum(n, on(x), on(out)));
        return out[0];
    }

    /** Length, factor and flag of several parts. */
    public float[] norm(double limit, float[]... parts) {
        float[] out = new float[3];
        call(() -> kernels.norm(List.of(parts).stream().map(this::on).toList(), limit, on(out)));
        return out;
    }

    public boolean allFinite(int n, float[] x) {
        float[] out = new float[1];
        call(() -> kernels.allFinite(n, on(x), on(out)));
        return out[0] == 1;
    }

    public void relu(int n, float[] x, float[] out) {
        call(() -> kernels.relu(n, on(x), on(out)));
    }

    public void reluBackward(int n, float[] y, float[] gradOut, float[] gradIn) {
        call(() -> kernels.reluBackward(n, on(y), on(gradOut), on(gradIn)));
    }

    public void columnMoments(int rows, int columns, float[] x, float[] mean, float[] variance) {
        call(() -> kernels.columnMoments(rows, columns, on(x), on(mean), on(variance)));
    }

    public void overRoot(int n, double numerator, float[] variance, double epsilon, float[] out) {
        call(() -> kernels.overRoot(n, numerator, on(variance), epsilon, on(out)));
    }

    public void overRoot(int n, float[] numerator, float[] variance, double epsilon, float[] out) {
        call(() -> kernels.overRoot(n, on(numerator), on(variance), epsilon, on(out)));
    }

    public void follow(int n, double weight, double factor, float[] batch, float[] running) {
        call(() -> kernels.follow(n, weight, factor, on(batch), on(running)));
    }

    public void batchStatistics(
            int rows,
            int columns,
            float[] x,
            float[] gamma,
            double epsilon,
            double weight,
            float[] mean,
            float[] inverseStd,
            float[] scale,
            float[] runningMean,
            float[] runningVariance) {
        call(() -> kernels.batchStatistics(
                rows,
                columns,
                on(x),
                on(gamma),
                epsilon,
                weight,
                on(mean),
                on(inverseStd),
                on(scale),
                on(runningMean),
                on(runningVariance)));
    }

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
        call(() ->
                kernels.normalize(rows, columns, on(x), on(mean), on(scale), on(shift), on(residual), relu, on(out)));
    }

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
        call(() -> kernels.batchNormBackward(
                rows,
                columns,
                on(x),
                on(y),
                on(gradOut),
                on(mean),
                on(inverseStd),
                on(gamma),
                relu,
                on(gradIn),
                on(gradGamma),
                on(gradBeta),
                on(gradResidual)));
    }

    public void gatherRows(int count, int columns, float[] x, int[] index, float[] out) {
        call(() -> kernels.gatherRows(count, columns, on(x), on(index), on(out)));
    }

    public void scatterAddRows(int count, int columns, float[] x, int[] index, int outRows, float[] out) {
        call(() -> kernels.scatterAddRows(count, columns, on(x), on(index), outRows, on(out)));
    }

    public void groupMax(int groups, int size, int columns, float[] x, float[] out, int[] winner) {
        call(() -> kernels.groupMax(groups, size, columns, on(x), on(out), on(winner)));
    }

    public void groupMaxBackward(int groups, int size, int columns, float[] gradOut, int[] winner, float[] gradIn) {
        call(() -> kernels.groupMaxBackward(groups, size, columns, on(gradOut), on(winner), on(gradIn)));
    }

    public void copyColumnsIn(int rows, int columns, float[] x, int outColumns, int offset, float[] out) {
        call(() -> kernels.copyColumnsIn(rows, columns, on(x), outColumns, offset, on(out)));
    }

    public void copyColumnsOut(int rows, int columns, float[] x, int inColumns, int offset, float[] out) {
        call(() -> kernels.copyColumnsOut(rows, columns, on(x), inColumns, offset, on(out)));
    }

    public void normalizeRows(int rows, int columns, float[] x, float[] norms, float[] out) {
        call(() -> kernels.normalizeRows(rows, columns, on(x), on(norms), on(out)));
    }

    public void normalizeRowsBackward(
            int rows, int columns, float[] y, float[] norms, float[] gradOut, float[] gradIn) {
        call(() -> kernels.normalizeRowsBackward(rows, columns, on(y), on(norms), on(gradOut), on(gradIn)));
    }

    public void softmaxRows(int rows, int columns, float[] x, float[] out) {
        call(() -> kernels.softmaxRows(rows, columns, on(x), on(out)));
    }

    public float accuracy(int rows, int columns, float[] scores, int[] labels) {
        float[] out = new float[1];
        call(() -> kernels.accuracy(rows, columns, on(scores), on(labels), on(out)));
        return out[0];
    }

    /** Mean loss and divisor. */
    public double[] crossEntropy(
            int rows, int columns, float[] logits, int[] labels, float smoothing, float[] weights, float[] gradient) {
        float[] loss = new float[1];
        float[] divisor = new float[2];
        call(() -> kernels.crossEntropy(
                rows, columns, on(logits), on(labels), smoothing, on(weights), on(gradient), on(loss), on(divisor)));
        return new double[] {loss[0], (double) divisor[0] + divisor[1]};
    }

    public void crossEntropyBackward(int n, float[] gradOut, float[] divisor, float[] gradient) {
        call(() -> kernels.crossEntropyBackward(n, on(gradOut), on(divisor), on(gradient)));
    }

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
        float[] step = StepNumbers.sgd(learningRate, mu, dampening, nesterov, first);
        call(() -> kernels.sgdStep(n, on(parameter), on(gradient), on(momentum), on(step), Buffer.NONE, weightDecay));
    }

    public void sgdStepUnless(float[] flag, int n, float[] parameter, float[] gradient, float[] momentum) {
        float[] step = StepNumbers.sgd(0.1, 0.9, 0, false, false);
        call(() -> kernels.sgdStep(n, on(parameter), on(gradient), on(momentum), on(step), on(flag), 0));
    }

    public void adamStepUnless(
            float[] flag, int n, float[] parameter, float[] gradient, float[] first, float[] second) {
        float[] step = StepNumbers.adam(3, 0.1, 0.9, 0.99, 0);
        call(() ->
                kernels.adamStep(n, on(parameter), on(gradient), on(first), on(second), on(step), on(flag), 1e-8f, 0));
    }

    public void adamStep(
            int n,
            float[] parameter,
            float[] gradient,
            float[] first,
            float[] second,
            long number,
            double learningRate,
            double beta1,
            double beta2,
            float epsilon,
            float weightDecay,
            boolean decoupled) {
        float[] step = StepNumbers.adam(number, learningRate, beta1, beta2, decoupled ? weightDecay : 0);
        call(() -> kernels.adamStep(
                n,
                on(parameter),
                on(gradient),
                on(first),
                on(second),
                on(step),
                Buffer.NONE,
                epsilon,
                decoupled ? 0 : weightDecay));
    }
}
