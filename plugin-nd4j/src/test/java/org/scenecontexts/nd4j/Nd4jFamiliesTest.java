package org.scenecontexts.nd4j;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.FamilyConformance;

/** The families of primitives, far from zero and over their inputs. */
class Nd4jFamiliesTest extends FamilyConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Nd4jEngines.open(threads);
    }
}
