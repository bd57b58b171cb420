package org.scenecontexts.contrastive.loss;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.contrastive.TestEngines;
import org.scenecontexts.contrastive.loss.composed.ComposedContrastProvider;
import org.scenecontexts.testkit.OpaqueEngine;

/** The contrastive losses composed of dense kernels and families, on an engine without arrays. */
class ComposedContrastKernelsTest extends ContrastKernelsTest {

    private OpaqueEngine engine;

    @Override
    TensorEngine engine() {
        engine = new OpaqueEngine(TestEngines.cpu(2), List.of(new ComposedContrastProvider()));
        return engine;
    }

    @Override
    long hostReads() {
        return engine.hostReads();
    }

    /**
     * Distance and margin are rounded before they are subtracted: 2^-24 of each, where what is missing is about a fifth of
     * the margin; then come five products, quotients and sums.
     */
    @Override
    double hardestRounding() {
        return 2e-6;
    }
}
