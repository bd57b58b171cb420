package org.scenecontexts.contrastive.loss.device;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.loss.ContrastKernels;

/**
 * Offers the contrastive losses to devices in whose memory values stay.
 *
 * @since 0.2
 */
@Extension
public final class DeviceContrastProvider implements KernelProvider<ContrastKernels> {

    private static final String DEVICE = "opencl";

    @Override
    public Class<ContrastKernels> type() {
        return ContrastKernels.class;
    }

    @Override
    public String device() {
        return DEVICE;
    }

    @Override
    public ContrastKernels create(TensorEngine engine) {
        return new DeviceContrastKernels(engine, DevicePrograms.of(engine));
    }
}
