package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.EngineConformance;

/** The numbers of all dense primitives, buffers and indices, and the level of repeatability that is declared. */
class Nd4jConformanceTest extends EngineConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads);
    }
}
