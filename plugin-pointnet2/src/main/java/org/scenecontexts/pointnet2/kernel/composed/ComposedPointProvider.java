package org.scenecontexts.pointnet2.kernel.composed;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.PointKernels;

/**
 * Offers the point operators to every engine with memory of its own.
 *
 * @since 0.2
 */
@Extension
public final class ComposedPointProvider implements KernelProvider<PointKernels> {

    @Override
    public Class<PointKernels> type() {
        return PointKernels.class;
    }

    @Override
    public String device() {
        return COMPOSED;
    }

    @Override
    public PointKernels create(TensorEngine engine) {
        return new ComposedPointKernels(engine);
    }
}
