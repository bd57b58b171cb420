package org.scenecontexts.api.engine;

import java.util.List;

/**
 * The dense arithmetic of an engine: about forty primitives on row-major matrices in {@linkplain Buffer buffers}, without
 * autograd.
 *
 * <p>Buffers may be longer than needed (they are pooled) and may be slices; only the leading part is read or written. What
 * is marked {@link Written} is written, everything else only read. Unless a primitive says which of its buffers may be the
 * same, what it writes shares no memory with its other buffers; buffers never overlap in part. Nothing is returned to the
 * host: sums, norms and losses are written to small buffers, which the next primitive reads on the device. All
 * implementations pass one conformance suite; results do not depend on the number of threads.
 *
 * @since 0.1
 */
public interface DenseKernels {

    /** What this implementation runs on, for logs, e.g. {@code "Vector API, 8 floats"}. */
    String description();

    /**
     * Whether norms and {@link #copyColumnsIn} take {@linkplain PackedValues packed} values: {@link #batchStatistics},
     * {@link #normalize}, {@link #batchNormBackward} and {@link #copyColumnsIn} then read them as {@code x}, {@code y} and
     * {@code residual}, and {@link #normalize} and {@link #copyColumnsIn} write them as {@code out}.
     *
     * @since 0.2
     */
    default boolean takesPacked() {
        return false;
    }

    /**
     * Whether both operands of {@link #gemm} may be {@linkplain PackedValues packed}.
     *
     * @since 0.2
     */
    default boolean multipliesPacked() {
        return false;
    }

    /**
     * {@code c = op(a) . op(b)}, or {@code c += op(a) . op(b)}; {@code op} transposes where asked.
     *
     * @param transposeA {@code a} is stored {@code [k, m]} instead of {@code [m, k]}
     * @param transposeB {@code b} is stored {@code [n, k]} instead of {@code [k, n]}
     * @param c {@code [m, n]}, distinct from {@code a} and {@code b}, which may be the same
     * @param accumulate add to {@code c} instead of overwriting it
     */
    void gemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            @Written Buffer c,
            boolean accumulate);

    /** {@code out = value} for the first {@code n} entries. */
    void fill(int n, float value, @Written Buffer out);

    /** {@code out = value[0]} for the first {@code n} entries. */
    void broadcast(int n, Buffer value, @Written Buffer out);

    /** {@code out = x}. */
    void copy(int n, Buffer x, @Written Buffer out);

    /** {@code out = x + y}; {@code out} may be either, or both. */
    void add(int n, Buffer x, Buffer y, @Written Buffer out);

    /** {@code out = x - y}; {@code out} may be either. */
    void subtract(int n, Buffer x, Buffer y, @Written Buffer out);

    /** {@code out = x * y}, elementwise; {@code out} may be either, or both. */
    void multiply(int n, Buffer x, Buffer y, @Written Buffer out);

    /** {@code out = alpha * x}; {@code out} may be {@code x}. */
    void scale(int n, float alpha, Buffer x, @Written Buffer out);

    /** {@code out = alpha[0] * x}; {@code out} may be {@code x}. A factor of 1 changes nothing. */
    void scaleBy(int n, Buffer alpha, Buffer x, @Written Buffer out);

    /** {@code y += alpha * x}; {@code x} may be {@code y}. */
    void axpy(int n, float alpha, Buffer x, @Written Buffer y);

    /** {@code out[i, j] = x[i, j] + row[j]}; {@code out} may be {@code x}. */
    void addRow(int rows, int columns, Buffer x, Buffer row, @Written Buffer out);

    /** {@code out[j] = sum_i x[i, j]}, or added to {@code out}. */
    void sumRows(int rows, int columns, Buffer x, @Written Buffer out, boolean accumulate);

    /** {@code out[0]} is the sum of the first {@code n} entries, accumulated in double precision or as exactly. */
    void sum(int n, Buffer x, @Written Buffer out);

    /**
     * The Euclidean length of several buffers taken as one vector, as for all gradients of a network.
     *
     * @param parts read whole
     * @param limit greatest length wanted; infinite for any
     * @param out {@code [3]}: the length; the factor that brings it to the limit, {@code limit / (length + 1e-6)}, or 1
     *     where it is not above; and 1 where the length is finite, else 0, as the flag of {@link #sgdStep} and
     *     {@link #adamStep}. Sums of squares are accumulated in double precision or as exactly
     */
    void norm(List<Buffer> parts, double limit, @Written Buffer out);

    /** {@code out[0]} is 1 where the first {@code n} entries are all finite, else 0. */
    void allFinite(int n, Buffer x, @Written Buffer out);

    /** {@code out = max(x, 0)}; not-a-number stays not-a-number; {@code out} may be {@code x}. */
    void relu(int n, Buffer x, @Written Buffer out);

    /**
     * {@code gradIn = y > 0 ? gradOut : 0} where {@code y} is the output of {@link #relu}; {@code gradIn} may be
     * {@code gradOut} or {@code y}.
     */
    void reluBackward(int n, Buffer y, Buffer gradOut, @Written Buffer gradIn);

    /**
     * Mean and biased variance of each column.
     *
     * @param rows at least 1
     * @param mean {@code [columns]}
     * @param variance {@code [columns]}
     */
    void columnMoments(int rows, int columns, Buffer x, @Written Buffer mean, @Written Buffer variance);

    /** {@code out = numerator / sqrt(variance + epsilon)}, rounded once; {@code out} may be {@code variance}. */
    void overRoot(int n, double numerator, Buffer variance, double epsilon, @Written Buffer out);

    /** {@code out = numerator / sqrt(variance + epsilon)}, rounded once; {@code out} may be either. */
    void overRoot(int n, Buffer numerator, Buffer variance, double epsilon, @Written Buffer out);

    /**
     * {@code running = (1 - weight) running + weight * factor * batch}, in double precision and rounded once.
     *
     * @param weight of the batch, 0 to 1
     * @param factor what the batch is multiplied with
     */
    void follow(int n, double weight, double factor, Buffer batch, @Written Buffer running);

    /**
     * What a batch norm needs of its batch, and what it remembers of it: mean and {@code inverseStd = 1 / sqrt(variance + epsilon)}
     * of each column, {@code scale = gamma * inverseStd}, and running statistics that {@link #follow} the mean and the unbiased
     * variance. The numbers of the single operations but for rounding; they are what happens where an engine has nothing
     * better, while a device does it in fewer kernels.
     *
     * @param rows at least 1; at least 2 where running statistics follow
     * @param gamma {@code [columns]}
     * @param weight of the batch in the running statistics, 0 to 1
     * @param runningMean {@code [columns]}; of no capacity where nothing is remembered
     * @param runningVariance {@code [columns]}, or of no capacity
     * @since 0.2
     */
    default void batchStatistics(
            int rows,
            int columns,
            Buffer x,
            Buffer gamma,
            double epsilon,
            double weight,
            @Written Buffer mean,
            @Written Buffer inverseStd,
            @Written Buffer scale,
            @Written Buffer runningMean,
            @Written Buffer runningVariance) {
        // The variance lies where its root is written afterwards.
        columnMoments(rows, columns, x, mean, inverseStd);
        if (runningMean.capacity() > 0) {
            follow(columns, weight, 1, mean, runningMean);
            follow(columns, weight, (double) rows / (rows - 1), inverseStd, runningVariance);
        }
        overRoot(columns, 1, inverseStd, epsilon, inverseStd);
        multiply(columns, gamma, inverseStd, scale);
    }

    /**
     * {@code out = relu?((x - mean) * scale + shift + residual?)}, column by column: the second half of a batch norm with
     * what usually follows it, in one pass.
     *
     * @param mean {@code [columns]}
     * @param scale {@code [columns]}: gamma / sqrt(variance + eps)
     * @param shift {@code [columns]}: beta
     * @param residual {@code [rows, columns]} to add before the activation, or {@link Buffer#NONE}
     * @param relu whether to clamp at zero afterwards
     * @param out may be {@code x} or {@code residual}
     */
    void normalize(
            int rows,
            int columns,
            Buffer x,
            Buffer mean,
            Buffer scale,
            Buffer shift,
            Buffer residual,
            boolean relu,
            @Written Buffer out);

    /** {@code out[i, j] = x[i, j] * row[j]}; {@code out} may be {@code x}. */
    void multiplyRow(int rows, int columns, Buffer x, Buffer row, @Written Buffer out);

    /**
     * Gradient of a batch norm in training mode, behind an optional activation.
     *
     * @param x input of the norm, {@code [rows, columns]}
     * @param y output after the activation; {@link Buffer#NONE} unless {@code relu}
     * @param gradOut gradient of {@code y}
     * @param mean batch mean, {@code [columns]}
     * @param inverseStd 1 / sqrt(variance + eps), {@code [columns]}
     * @param gamma {@code [columns]}
     * @param relu whether the activation was applied
     * @param gradIn gradient of {@code x}; may be {@code x} itself, or {@code gradOut} itself unless {@code gradResidual} is
     *     wanted
     * @param gradGamma {@code [columns]}
     * @param gradBeta {@code [columns]}
     * @param gradResidual gradient of the residual, which may be {@code gradOut}; {@link Buffer#NONE} when there was none
     */
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
            @Written Buffer gradIn,
            @Written Buffer gradGamma,
            @Written Buffer gradBeta,
            @Written Buffer gradResidual);

    /** {@code out[i] = x[index[i]]} for rows of {@code columns} numbers; {@code out} is distinct from {@code x}. */
    void gatherRows(int count, int columns, Buffer x, Indices index, @Written Buffer out);

    /**
     * {@code out[index[i]] += x[i]}; rows that meet are added in the order of {@code i}.
     *
     * @param outRows rows of {@code out}; every index is below it
     */
    void scatterAddRows(int count, int columns, Buffer x, Indices index, int outRows, @Written Buffer out);

    /**
     * Largest entry per column over groups of {@code size} consecutive rows.
     *
     * @param out {@code [groups, columns]}
     * @param winner row (within the whole of {@code x}) of each maximum, {@code [groups, columns]}; the first on ties
     */
    void groupMax(int groups, int size, int columns, Buffer x, @Written Buffer out, @Written Indices winner);

    /** {@code gradIn[winner[g, j], j] = gradOut[g, j]}, zero elsewhere; {@code gradIn} is {@code [groups * size, columns]}. */
    void groupMaxBackward(int groups, int size, int columns, Buffer gradOut, Indices winner, @Written Buffer gradIn);

    /** Copies {@code columns} columns of {@code x} to column {@code offset} of the wider {@code out}; the rest stays. */
    void copyColumnsIn(int rows, int columns, Buffer x, int outColumns, int offset, @Written Buffer out);

    /** Copies {@code columns} columns, from column {@code offset} of the wider {@code x}, to {@code out}. */
    void copyColumnsOut(int rows, int columns, Buffer x, int inColumns, int offset, @Written Buffer out);

    /** {@code out = x / |x|} row by row, without epsilon (REFERENCE 1.6), and the lengths; {@code out} may be {@code x}. */
    void normalizeRows(int rows, int columns, Buffer x, @Written Buffer norms, @Written Buffer out);

    /**
     * Gradient of {@link #normalizeRows}: {@code gradIn = (gradOut - y (y . gradOut)) / norm}; {@code gradIn} may be
     * {@code gradOut} or {@code y}.
     */
    void normalizeRowsBackward(int rows, int columns, Buffer y, Buffer norms, Buffer gradOut, @Written Buffer gradIn);

    /** {@code out = softmax(x)} row by row; {@code out} may be {@code x}. */
    void softmaxRows(int rows, int columns, Buffer x, @Written Buffer out);

    /**
     * {@code out[0]} is the share of the labelled rows whose largest entry, the first on ties, is that of their label;
     * not-a-number where no row is labelled.
     *
     * @param labels class of each row; rows whose label is negative are left out
     */
    void accuracy(int rows, int columns, Buffer scores, Indices labels, @Written Buffer out);

    /**
     * Cross-entropy averaged over rows, with the gradient of its sum.
     *
     * @param labels class of each row; rows whose label is negative are left out
     * @param smoothing label smoothing, 0 to 1: the target is {@code (1 - s) onehot + s / columns}
     * @param weights weight per class, or {@link Buffer#NONE} for 1
     * @param gradient {@code d(sum)/d(logits)}; zero rows where left out
     * @param loss {@code [1]}: weighted sum of the losses over {@code divisor}; 0 where no row counts
     * @param divisor {@code [2]}: sum of the weights of the rows counted, 1 where that is 0, and what float32 cuts off it
     */
    void crossEntropy(
            int rows,
            int columns,
            Buffer logits,
            Indices labels,
            float smoothing,
            Buffer weights,
            @Written Buffer gradient,
            @Written Buffer loss,
            @Written Buffer divisor);

    /**
     * {@code gradient *= gradOut[0] / (divisor[0] + divisor[1])}: the rest of the gradient of {@link #crossEntropy}.
     *
     * @param n rows times columns
     */
    void crossEntropyBackward(int n, Buffer gradOut, Buffer divisor, @Written Buffer gradient);

    /**
     * One step of SGD as in REFERENCE 13 item 6: {@code d = gradient + weightDecay * parameter}, {@code momentum = keep *
     * momentum + take * d}, {@code parameter -= rate * (look == 0 ? momentum : d + look * momentum)}; without momentum
     * {@code parameter -= rate * d}.
     *
     * @param parameter read and written
     * @param momentum of the same length, not read where {@code keep} is 0; {@link Buffer#NONE} for none
     * @param step {@code [4]}: what changes from step to step, see {@link StepNumbers#sgd}
     * @param flag nothing is done where {@code flag[2]} is 0, as {@link #norm} writes it; {@link Buffer#NONE} for always
     */
    void sgdStep(
            int n,
            @Written Buffer parameter,
            Buffer gradient,
            @Written Buffer momentum,
            Buffer step,
            Buffer flag,
            float weightDecay);

    /**
     * One step of Adam (weight decay added to the gradient) or AdamW (decoupled).
     *
     * @param parameter read and written
     * @param first running mean of gradients, read and written
     * @param second running mean of squared gradients, read and written
     * @param step {@code [7]}: what changes from step to step, see {@link StepNumbers#adam}
     * @param flag as in {@link #sgdStep}
     * @param coupledDecay weight decay added to the gradient; 0 for AdamW, whose decay is in {@code step}
     */
    void adamStep(
            int n,
            @Written Buffer parameter,
            Buffer gradient,
            @Written Buffer first,
            @Written Buffer second,
            Buffer step,
            Buffer flag,
            float epsilon,
            float coupledDecay);
}
