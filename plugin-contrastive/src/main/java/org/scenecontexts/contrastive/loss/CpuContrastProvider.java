package org.scenecontexts.contrastive.loss;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Offers the contrastive losses to the CPU engine.
 *
 * @since 0.2
 */
@Extension
public final class CpuContrastProvider implements KernelProvider<ContrastKernels> {

    @Override
    public Class<ContrastKernels> type() {
        return ContrastKernels.class;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public ContrastKernels create(TensorEngine engine) {
        return new CpuContrastKernels(engine, AnchorLoopsChoice.best());
    }
}
