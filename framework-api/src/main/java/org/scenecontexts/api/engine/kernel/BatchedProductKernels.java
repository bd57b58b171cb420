package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;

/**
 * Many matrix products of one shape at once, as attention asks for.
 *
 * @since 0.2
 */
public interface BatchedProductKernels {

    /**
     * {@code c[i] = op(a[i]) . op(b[i])}, or {@code c[i] += op(a[i]) . op(b[i])}; {@code op} transposes where asked.
     *
     * @param transposeA matrices of {@code a} are stored {@code [k, m]} instead of {@code [m, k]}
     * @param transposeB matrices of {@code b} are stored {@code [n, k]} instead of {@code [k, n]}
     * @param c {@code [batches, m, n]}
     * @param accumulate add to {@code c} instead of overwriting it
     */
    void multiply(
            boolean transposeA,
            boolean transposeB,
            int batches,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            @Written Buffer c,
            boolean accumulate);
}
