package org.scenecontexts.pointnet2.kernel;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Offers the point operators to the CPU engine.
 *
 * @since 0.1
 */
@Extension
public final class CpuPointKernels implements KernelProvider<PointKernels> {

    @Override
    public Class<PointKernels> type() {
        return PointKernels.class;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public PointKernels create(TensorEngine engine) {
        return new IndexedPointKernels(engine.parallel());
    }
}
