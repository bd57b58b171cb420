package org.scenecontexts.pointnet2.kernel.device;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.PointKernels;

/**
 * Offers the point operators of PointNet++ to devices in whose memory values stay.
 *
 * @since 0.2
 */
@Extension
public final class DevicePointProvider implements KernelProvider<PointKernels> {

    private static final String DEVICE = "opencl";

    @Override
    public Class<PointKernels> type() {
        return PointKernels.class;
    }

    @Override
    public String device() {
        return DEVICE;
    }

    @Override
    public PointKernels create(TensorEngine engine) {
        return new DevicePointKernels(engine, DevicePrograms.of(engine));
    }
}
