package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.GridConformance;

/** Grids and their convolutions, composed of the dense kernels. */
class Nd4jGridTest extends GridConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads, Nd4jEngines.plugins());
    }
}
