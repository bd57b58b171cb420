package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.NeighbourConformance;

/** What networks make of neighbourhoods. */
class Nd4jNeighboursTest extends NeighbourConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads, Nd4jEngines.plugins());
    }
}
