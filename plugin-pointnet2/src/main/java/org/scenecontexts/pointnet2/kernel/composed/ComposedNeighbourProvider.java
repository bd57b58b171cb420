package org.scenecontexts.pointnet2.kernel.composed;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.NeighbourKernels;

/**
 * Offers neighbourhoods to every engine with memory of its own.
 *
 * @since 0.2
 */
@Extension
public final class ComposedNeighbourProvider implements KernelProvider<NeighbourKernels> {

    @Override
    public Class<NeighbourKernels> type() {
        return NeighbourKernels.class;
    }

    @Override
    public String device() {
        return COMPOSED;
    }

    @Override
    public NeighbourKernels create(TensorEngine engine) {
        return new ComposedNeighbourKernels(engine);
    }
}
