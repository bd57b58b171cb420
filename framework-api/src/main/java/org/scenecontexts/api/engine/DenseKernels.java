package org.scenecontexts.api.engine;

/**
 * The dense arithmetic of an engine: about thirty primitives on row-major {@code float[]} matrices, without autograd.
 *
 * <p>Arrays may be longer than needed (buffers are pooled); only the leading part is read or written. All
 * implementations pass one conformance suite; results do not depend on the number of threads. Unless said otherwise an
 * output may be the same array as an elementwise input.
 *
 * @since 0.1
 */
public interface DenseKernels {

    /** What this implementation runs on, for logs, e.g. {@code "Vector API, 8 floats"}. */
    String description();

    /**
     * {@code c = op(a) . op(b)}, or {@code c += op(a) . op(b)}; {@code op} transposes where asked.
     *
     * @param transposeA {@code a} is stored {@code [k, m]} instead of {@code [m, k]}
     * @param transposeB {@code b} is stored {@code [n, k]} instead of {@code [k, n]}
     * @param c {@code [m, n]}, distinct from {@code a} and {@code b}
     * @param accumulate add to {@code c} instead of overwriting it
     */
    void gemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            float[] b,
            float[] c,
            boolean accumulate);

    /** {@code out = value} for the first {@code n} entries. */
    void fill(int n, float value, float[] out);

    /** {@code out = x + y}. */
    void add(int n, float[] x, float[] y, float[] out);

    /** {@code out = x - y}. */
    void subtract(int n, float[] x, float[] y, float[] out);

    /** {@code out = x * y}, elementwise. */
    void multiply(int n, float[] x, float[] y, float[] out);

    /** {@code out = alpha * x}. */
    void scale(int n, float alpha, float[] x, float[] out);

    /** {@code y += alpha * x}. */
    void axpy(int n, float alpha, float[] x, float[] y);

    /** {@code out[i, j] = x[i, j] + row[j]}. */
    void addRow(int rows, int columns, float[] x, float[] row, float[] out);

    /** {@code out[j] = sum_i x[i, j]}, or added to {@code out}. */
    void sumRows(int rows, int columns, float[] x, float[] out, boolean accumulate);

    /** Sum of the first {@code n} entries, accumulated in double precision. */
    double sum(int n, float[] x);

    /** Sum of squares of the first {@code n} entries, accumulated in double precision. */
    double sumOfSquares(int n, float[] x);

    /** Whether the first {@code n} entries are all finite. */
    boolean allFinite(int n, float[] x);

    /** {@code out = max(x, 0)}; not-a-number stays not-a-number. */
    void relu(int n, float[] x, float[] out);

    /** {@code gradIn = y > 0 ? gradOut : 0} where {@code y} is the output of {@link #relu}. */
    void reluBackward(int n, float[] y, float[] gradOut, float[] gradIn);

    /**
     * Mean and biased variance of each column.
     *
     * @param rows at least 1
     * @param mean {@code [columns]}, written
     * @param variance {@code [columns]}, written
     */
    void columnMoments(int rows, int columns, float[] x, float[] mean, float[] variance);

    /**
     * {@code out = relu?((x - mean) * scale + shift + residual?)}, column by column: the second half of a batch norm with
     * what usually follows it, in one pass.
     *
     * @param mean {@code [columns]}
     * @param scale {@code [columns]}: gamma / sqrt(variance + eps)
     * @param shift {@code [columns]}: beta
     * @param residual {@code [rows, columns]} to add before the activation, or an empty array for none
     * @param relu whether to clamp at zero afterwards
     * @param out may be {@code x} or {@code residual} itself
     */
    void normalize(
            int rows,
            int columns,
            float[] x,
            float[] mean,
            float[] scale,
            float[] shift,
            float[] residual,
            boolean relu,
            float[] out);

    /**
     * Gradient of a batch norm in training mode, behind an optional activation.
     *
     * @param x input of the norm, {@code [rows, columns]}
     * @param y output after the activation; read only when {@code relu}
     * @param gradOut gradient of {@code y}
     * @param mean batch mean, {@code [columns]}
     * @param inverseStd 1 / sqrt(variance + eps), {@code [columns]}
     * @param gamma {@code [columns]}
     * @param relu whether the activation was applied
     * @param gradIn gradient of {@code x}, written; may be {@code x} itself, or {@code gradOut} itself unless {@code
     *     gradResidual} is wanted
     * @param gradGamma {@code [columns]}, written
     * @param gradBeta {@code [columns]}, written
     * @param gradResidual gradient of the residual, written; an empty array when there was none
     */
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
            float[] gradResidual);

    /** {@code out[i] = x[index[i]]} for rows of {@code columns} numbers; {@code out} is distinct from {@code x}. */
    void gatherRows(int count, int columns, float[] x, int[] index, float[] out);

    /**
     * {@code out[index[i]] += x[i]}; rows that meet are added in the order of {@code i}.
     *
     * @param outRows rows of {@code out}; every index is below it
     */
    void scatterAddRows(int count, int columns, float[] x, int[] index, int outRows, float[] out);

    /**
     * Largest entry per column over groups of {@code size} consecutive rows.
     *
     * @param out {@code [groups, columns]}
     * @param winner row (within the whole of {@code x}) of each maximum, {@code [groups, columns]}, written; the first on ties
     */
    void groupMax(int groups, int size, int columns, float[] x, float[] out, int[] winner);

    /** {@code gradIn[winner[g, j], j] = gradOut[g, j]}, zero elsewhere; {@code gradIn} is {@code [groups * size, columns]}. */
    void groupMaxBackward(int groups, int size, int columns, float[] gradOut, int[] winner, float[] gradIn);

    /** Copies {@code columns} columns of {@code x} to column {@code offset} of the wider {@code out}. */
    void copyColumnsIn(int rows, int columns, float[] x, int outColumns, int offset, float[] out);

    /** Copies {@code columns} columns, from column {@code offset} of the wider {@code x}, to {@code out}. */
    void copyColumnsOut(int rows, int columns, float[] x, int inColumns, int offset, float[] out);

    /** {@code out = x / |x|} row by row, without epsilon (REFERENCE 1.6); norms are written to {@code norms}. */
    void normalizeRows(int rows, int columns, float[] x, float[] norms, float[] out);

    /** Gradient of {@link #normalizeRows}: {@code gradIn = (gradOut - y (y . gradOut)) / norm}. */
    void normalizeRowsBackward(int rows, int columns, float[] y, float[] norms, float[] gradOut, float[] gradIn);

    /** {@code out = softmax(x)} row by row. */
    void softmaxRows(int rows, int columns, float[] x, float[] out);

    /**
     * Cross-entropy summed over rows, with its gradient.
     *
     * @param labels class of each row; rows whose label is negative are left out
     * @param smoothing label smoothing, 0 to 1: the target is {@code (1 - s) onehot + s / columns}
     * @param weights weight per class, or an empty array for 1
     * @param gradient {@code d(sum)/d(logits)}, written; zero rows where left out
     * @return {@code {weighted sum of losses, sum of weights of the rows counted}}
     */
    double[] crossEntropy(
            int rows, int columns, float[] logits, int[] labels, float smoothing, float[] weights, float[] gradient);

    /**
     * One step of SGD as in REFERENCE 13 item 6.
     *
     * @param momentum buffer of the same length; ignored when {@code mu} is 0
     * @param first whether the buffer is still empty and starts as the gradient
     */
    void sgdStep(
            int n,
            float[] parameter,
            float[] gradient,
            float[] momentum,
            float learningRate,
            float mu,
            float dampening,
            float weightDecay,
            boolean nesterov,
            boolean first);

    /**
     * One step of Adam (weight decay added to the gradient) or AdamW (decoupled).
     *
     * @param step number of this step, from 1, for the bias correction
     */
    void adamStep(
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
            boolean decoupled);
}
