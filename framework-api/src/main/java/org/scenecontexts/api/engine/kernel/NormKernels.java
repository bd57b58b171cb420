package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;

/**
 * Norms over parts of a matrix: layer norm (each row alone), group norm (each row, or the rows of each scene, in parts of the
 * columns), instance norm (each column of each scene).
 *
 * <p>The numbers of one group of rows in one part of the columns are brought to mean 0 and variance 1 together. Means and
 * variances are accumulated in double precision or as exactly; the variance is the biased one. Nothing happens to empty
 * groups.
 *
 * @since 0.2
 */
public interface NormKernels {

    /**
     * {@code out = (x - mean) * inverseStd * gamma + beta}.
     *
     * @param parts equal parts that the columns are divided into; divides {@code columns}
     * @param x {@code [groups.rows(), columns]}
     * @param gamma {@code [columns]}, or {@link Buffer#NONE} for 1
     * @param beta {@code [columns]}, or {@link Buffer#NONE} for 0
     * @param mean {@code [groups.count(), parts]}; undefined for empty groups
     * @param inverseStd 1 / sqrt(variance + epsilon), {@code [groups.count(), parts]}; undefined for empty groups
     * @param out may be {@code x}
     */
    void normalize(
            Groups groups,
            int columns,
            int parts,
            double epsilon,
            Buffer x,
            Buffer gamma,
            Buffer beta,
            @Written Buffer mean,
            @Written Buffer inverseStd,
            @Written Buffer out);

    /**
     * Gradients of {@link #normalize}.
     *
     * @param gradIn gradient of {@code x}; may be {@code gradOut} or {@code x}
     * @param gradGamma {@code [columns]}, or {@link Buffer#NONE} where it is not wanted
     * @param gradBeta {@code [columns]}, or {@link Buffer#NONE} where it is not wanted
     */
    void gradient(
            Groups groups,
            int columns,
            int parts,
            Buffer x,
            Buffer gradOut,
            Buffer mean,
            Buffer inverseStd,
            Buffer gamma,
            @Written Buffer gradIn,
            @Written Buffer gradGamma,
            @Written Buffer gradBeta);
}
