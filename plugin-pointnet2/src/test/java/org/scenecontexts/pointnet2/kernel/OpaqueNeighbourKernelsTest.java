package org.scenecontexts.pointnet2.kernel;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.testkit.conformance.NeighbourKernelsConformance;

/** The processor's kernels lent to a device without arrays: every kernel marks all that it writes, and indices stay there. */
class OpaqueNeighbourKernelsTest extends NeighbourKernelsConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new OpaqueEngine(new CpuEngine(threads, List.of(new CpuNeighbourKernels())));
    }
}
