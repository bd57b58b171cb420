package org.scenecontexts.engine.cpu.vector;

import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.dense.ChunkedDenseKernels;
import org.scenecontexts.engine.cpu.dense.Loops;
import org.scenecontexts.engine.cpu.dense.WarmingLoops;
import org.scenecontexts.engine.cpu.gemm.Gemm;

/**
 * Dense arithmetic on the vector units of the processor through {@code jdk.incubator.vector}. Load this class only where
 * that module is present.
 *
 * @since 0.1
 */
public final class VectorDenseKernels extends ChunkedDenseKernels {

    private final Parallel parallel;
    private final Gemm gemm;

    /**
     * @param parallel threads to work on
     * @param gemm does the matrix products
     * @param loops the loops for the next operation, such as {@link #loops()}
     */
    public VectorDenseKernels(Parallel parallel, Gemm gemm, Supplier<Loops> loops) {
        super(parallel, loops);
        this.parallel = parallel;
        this.gemm = gemm;
    }

    /** The loops on vectors. */
    public static Loops loops() {
        return new Loops(
                new VectorElementLoops(), new VectorColumnLoops(), new VectorRowLoops(), new VectorFunctionLoops());
    }

    /** The loops on vectors once they are compiled, and plain ones that compute the same bits until then. */
    public static Supplier<Loops> warmingLoops() {
        return new WarmingLoops(Loops.fused(FloatVector.SPECIES_PREFERRED.length()), loops());
    }

    /** Bits of the widest vectors that this processor prefers. */
    public static int vectorBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    @Override
    public String description() {
        return "Vector API, " + FloatVector.SPECIES_PREFERRED.length() + " floats, products on " + gemm.name();
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
