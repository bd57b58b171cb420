package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.NeighbourKernelsConformance;

/** The numbers of everything that is computed over neighbours. */
class Nd4jNeighbourKernelsTest extends NeighbourKernelsConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads, Nd4jEngines.plugins());
    }
}
