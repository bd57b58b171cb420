package org.scenecontexts.engine.cpu.family;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;
import org.scenecontexts.api.engine.kernel.DropoutKernels;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.LayoutKernels;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.api.engine.kernel.NormKernels;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;
import org.scenecontexts.engine.cpu.dense.Loops;
import org.scenecontexts.engine.cpu.gemm.Gemm;

/**
 * The processor's kernels of every family of the API, for an engine to hand out.
 *
 * @since 0.2
 */
public final class CpuFamilies {

    private final Map<Class<?>, Object> families;

    /**
     * @param parallel threads to work on
     * @param loops for the next operation; all that it ever gives compute the same bits
     * @param gemm does matrix products
     */
    public CpuFamilies(Parallel parallel, Supplier<Loops> loops, Gemm gemm) {
        families = Map.of(
                PointwiseKernels.class, new CpuPointwise(parallel, loops),
                GroupKernels.class, new CpuGroups(parallel),
                SoftmaxKernels.class, new CpuSoftmax(parallel, loops),
                LayoutKernels.class, new CpuLayout(parallel),
                BatchedProductKernels.class, new CpuBatchedProducts(parallel, gemm),
                NormKernels.class, new CpuNorms(parallel),
                DropoutKernels.class, new CpuDropout(parallel),
                LossKernels.class, new CpuLosses(parallel, loops));
    }

    /** The kernels of a family, if it is one of the API's. */
    public Optional<Object> find(Class<?> type) {
        return Optional.ofNullable(families.get(type));
    }
}
