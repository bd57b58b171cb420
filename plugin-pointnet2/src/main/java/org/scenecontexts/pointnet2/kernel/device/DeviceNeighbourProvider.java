package org.scenecontexts.pointnet2.kernel.device;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.NeighbourKernels;

/**
 * Offers neighbourhoods to every plugin, on devices in whose memory values stay.
 *
 * @since 0.2
 */
@Extension
public final class DeviceNeighbourProvider implements KernelProvider<NeighbourKernels> {

    private static final String DEVICE = "opencl";

    @Override
    public Class<NeighbourKernels> type() {
        return NeighbourKernels.class;
    }

    @Override
    public String device() {
        return DEVICE;
    }

    @Override
    public NeighbourKernels create(TensorEngine engine) {
        return new DeviceNeighbourKernels(engine, DevicePrograms.of(engine));
    }
}
