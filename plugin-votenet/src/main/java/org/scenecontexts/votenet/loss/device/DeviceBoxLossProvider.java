package org.scenecontexts.votenet.loss.device;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.votenet.loss.BoxLossKernels;

/**
 * Offers the loss of boxes to devices in whose memory values stay.
 *
 * @since 0.2
 */
@Extension
public final class DeviceBoxLossProvider implements KernelProvider<BoxLossKernels> {

    private static final String DEVICE = "opencl";

    @Override
    public Class<BoxLossKernels> type() {
        return BoxLossKernels.class;
    }

    @Override
    public String device() {
        return DEVICE;
    }

    @Override
    public BoxLossKernels create(TensorEngine engine) {
        return new DeviceBoxLoss(engine, DevicePrograms.of(engine));
    }
}
