package org.scenecontexts.sparseconv.grid;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.sparseconv.conv.CpuKernelProvider;
import org.scenecontexts.sparseconv.kernel.composed.ComposedConvProvider;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.testkit.conformance.GridConformance;

/** Grid convolutions composed of dense kernels, on an engine without arrays. */
class ComposedGridTest extends GridConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new OpaqueEngine(
                new CpuEngine(threads, List.of(new CpuKernelProvider(), new GridKernelProvider())),
                List.of(new ComposedConvProvider(), new GridKernelProvider.Composed()));
    }
}
