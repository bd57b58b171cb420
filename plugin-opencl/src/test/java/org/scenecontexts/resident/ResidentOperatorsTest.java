package org.scenecontexts.resident;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.OperatorConformance;

/** Every operator and its gradient where values stay on a device, whoever computes it; skipped where there is none. */
class ResidentOperatorsTest extends OperatorConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Engines.open();
    }
}
