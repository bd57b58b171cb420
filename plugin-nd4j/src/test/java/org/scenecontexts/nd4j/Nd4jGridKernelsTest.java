package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.GridKernelsConformance;

/** The numbers of grid convolutions. */
class Nd4jGridKernelsTest extends GridKernelsConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads, Nd4jEngines.plugins());
    }
}
