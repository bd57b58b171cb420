package org.scenecontexts.engine.cpu.family;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;
import org.scenecontexts.engine.cpu.gemm.Gemm;

/** Products one after the other where they are large, and side by side where they are many. */
final class CpuBatchedProducts implements BatchedProductKernels {

    /** Multiplications from which a product has work for all threads. */
    private static final long LARGE = 1L << 26;

    /** Multiplications that are worth a hand-over. */
    private static final long PIECE = 1L << 18;

    private final Parallel parallel;
    private final Gemm gemm;

    CpuBatchedProducts(Parallel parallel, Gemm gemm) {
        this.parallel = parallel;
        this.gemm = gemm;
    }

    @Override
    public void multiply(
            boolean transposeA,
            boolean transposeB,
            int batches,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            Buffer c,
            boolean accumulate) {
        long work = Math.max(1, (long) m * n * k);
        Parallel inside = work >= LARGE ? parallel : Parallel.sequential();
        Parallel outside = work >= LARGE ? Parallel.sequential() : parallel;
        int perPiece = (int) Math.clamp(PIECE / work, 1, Integer.MAX_VALUE);
        outside.rows(batches, perPiece, (first, end) -> {
            for (int i = first; i < end; i++) {
                gemm.multiply(
                        inside,
                        transposeA,
                        transposeB,
                        m,
                        n,
                        k,
                        a.slice(i * m * k, m * k),
                        b.slice(i * k * n, k * n),
                        c.slice(i * m * n, m * n),
                        accumulate);
            }
        });
    }
}
