package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.OperatorConformance;

/** Every operator of the API and its gradient. */
class Nd4jOperatorsTest extends OperatorConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads);
    }
}
