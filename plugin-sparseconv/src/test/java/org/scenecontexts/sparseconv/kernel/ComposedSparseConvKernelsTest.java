package org.scenecontexts.sparseconv.kernel;

import java.util.List;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.sparseconv.conv.CpuKernelProvider;
import org.scenecontexts.sparseconv.grid.GridKernelProvider;
import org.scenecontexts.sparseconv.kernel.composed.ComposedConvProvider;
import org.scenecontexts.sparseconv.kernel.composed.ComposedSparseConvKernels;
import org.scenecontexts.testkit.OpaqueEngine;

/** Every call out of dense kernels: on arrays, and as an engine with memory of its own uses them. */
class ComposedSparseConvKernelsTest extends SparseConvKernelsTest {

    @Override
    protected TensorEngine engine(int threads) {
        return new OpaqueEngine(
                new CpuEngine(threads, List.of(new CpuKernelProvider(), new GridKernelProvider())),
                List.of(new ComposedConvProvider(), new GridKernelProvider.Composed()));
    }

    @Override
    SparseConvKernels kernels(Parallel parallel) {
        return new ComposedSparseConvKernels(new CpuEngine(parallel.threads(), List.of()));
    }
}
