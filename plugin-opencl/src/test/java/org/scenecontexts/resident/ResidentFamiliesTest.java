package org.scenecontexts.resident;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.FamilyConformance;

/** Families of primitives where values stay on a device; skipped, with the reason, where there is none. */
class ResidentFamiliesTest extends FamilyConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return Engines.open();
    }
}
