package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.DropoutConformance;

/** Dropout draws the masks that every engine draws. */
class Nd4jDropoutTest extends DropoutConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads);
    }
}
