package org.scenecontexts.pointnet2.kernel;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.testkit.conformance.NeighbourKernelsConformance;

class CpuNeighbourKernelsTest extends NeighbourKernelsConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of(new CpuNeighbourKernels()));
    }
}
