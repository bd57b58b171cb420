package org.scenecontexts.contrastive.loss.composed;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.loss.ContrastKernels;

/**
 * Offers the contrastive losses to every engine with memory of its own.
 *
 * @since 0.2
 */
@Extension
public final class ComposedContrastProvider implements KernelProvider<ContrastKernels> {

    @Override
    public Class<ContrastKernels> type() {
        return ContrastKernels.class;
    }

    @Override
    public String device() {
        return COMPOSED;
    }

    @Override
    public ContrastKernels create(TensorEngine engine) {
        return new ComposedContrastKernels(engine);
    }
}
