package org.scenecontexts.votenet.loss;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Offers the loss of boxes to the CPU engine.
 *
 * @since 0.2
 */
@Extension
public final class CpuBoxLossProvider implements KernelProvider<BoxLossKernels> {

    @Override
    public Class<BoxLossKernels> type() {
        return BoxLossKernels.class;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public BoxLossKernels create(TensorEngine engine) {
        return new HostBoxLoss(engine);
    }
}
