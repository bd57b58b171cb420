package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;

/**
 * Shares that add up to one in each column of a {@linkplain Groups group} of rows: attention over neighbours, over rows or
 * over columns.
 *
 * @since 0.2
 */
public interface SoftmaxKernels {

    /**
     * {@code out[i, j] = e^x[i, j] / sum of e^x[k, j] over the rows k of the group of i}, or its logarithm.
     *
     * @param x {@code [groups.rows(), columns]}
     * @param out may be {@code x}
     */
    void softmax(Groups groups, int columns, boolean logarithm, Buffer x, @Written Buffer out);

    /**
     * Gradient of {@link #softmax}: {@code y (gradOut - sum of y * gradOut)}, or of its logarithm: {@code gradOut - e^y * sum
     * of gradOut}, with sums over groups.
     *
     * @param y output of the forward pass
     * @param gradIn may be {@code gradOut} or {@code y}
     */
    void softmaxGradient(
            Groups groups, int columns, boolean logarithm, Buffer y, Buffer gradOut, @Written Buffer gradIn);
}
