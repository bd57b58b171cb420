package org.scenecontexts.votenet.loss;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Offers the loss of boxes to engines with memory of their own that take no kernels in OpenCL C: with one read instead of one for
 * each tensor.
 *
 * @since 0.2
 */
@Extension
public final class ComposedBoxLossProvider implements KernelProvider<BoxLossKernels> {

    @Override
    public Class<BoxLossKernels> type() {
        return BoxLossKernels.class;
    }

    @Override
    public String device() {
        return KernelProvider.COMPOSED;
    }

    @Override
    public BoxLossKernels create(TensorEngine engine) {
        return new HostBoxLoss(engine);
    }
}
