package org.scenecontexts.engine.cpu;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.dense.ChunkedDenseKernels;
import org.scenecontexts.engine.cpu.dense.Loops;
import org.scenecontexts.engine.cpu.gemm.Gemm;

/**
 * Dense arithmetic in plain Java, for machines and Java runtimes without the Vector API and as the measure of its vector
 * twin.
 *
 * @since 0.1
 */
public final class ScalarDenseKernels extends ChunkedDenseKernels {

    private final Parallel parallel;
    private final Gemm gemm;

    /**
     * @param parallel threads to work on
     * @param gemm does the matrix products
     */
    public ScalarDenseKernels(Parallel parallel, Gemm gemm) {
        super(parallel, Loops.plain());
        this.parallel = parallel;
        this.gemm = gemm;
    }

    @Override
    public String description() {
        return "plain Java, products on " + gemm.name();
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
        gemm.multiply(parallel, transposeA, transposeB, m, n, k, a, b, c, accumulate);
    }
}
