package org.scenecontexts.pointnet2.kernel;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointnet2.kernel.composed.ComposedNeighbourProvider;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.testkit.conformance.NeighbourConformance;

/** What networks make of neighbourhoods composed of dense kernels and families, on an engine without arrays. */
class ComposedNeighboursTest extends NeighbourConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new OpaqueEngine(
                new CpuEngine(threads, List.of(new CpuNeighbourKernels())), List.of(new ComposedNeighbourProvider()));
    }
}
