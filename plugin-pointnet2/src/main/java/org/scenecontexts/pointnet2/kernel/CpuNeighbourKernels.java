package org.scenecontexts.pointnet2.kernel;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.NeighbourKernels;

/**
 * Offers neighbourhoods to the CPU engine, for every plugin.
 *
 * @since 0.2
 */
@Extension
public final class CpuNeighbourKernels implements KernelProvider<NeighbourKernels> {

    @Override
    public Class<NeighbourKernels> type() {
        return NeighbourKernels.class;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public NeighbourKernels create(TensorEngine engine) {
        return new IndexedNeighbourKernels(engine.parallel());
    }
}
