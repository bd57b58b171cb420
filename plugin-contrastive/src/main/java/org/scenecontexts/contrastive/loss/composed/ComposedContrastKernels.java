package org.scenecontexts.contrastive.loss.composed;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.loss.ContrastKernels;

/**
 * The contrastive losses out of an engine's dense kernels and families. What depends on positions and row numbers alone, which
 * the host knows, is decided there and brought over; features, losses and gradients never leave the engine.
 */
final class ComposedContrastKernels implements ContrastKernels {

    private final LossParts parts;

    /** @param engine whose kernels compute */
    ComposedContrastKernels(TensorEngine engine) {
        parts = new LossParts(engine);
    }

    @Override
    public void infoNce(InfoNce call) {
        new ComposedInfoNce(parts, call).run();
    }

    @Override
    public void hardest(Hardest call) {
        new ComposedHardest(parts, call).run();
    }

    @Override
    public void recall(Recall call) {
        new ComposedRecall(parts, call).run();
    }
}
