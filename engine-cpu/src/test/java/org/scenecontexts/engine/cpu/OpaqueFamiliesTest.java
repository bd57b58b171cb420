package org.scenecontexts.engine.cpu;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.testkit.conformance.FamilyConformance;

/** An engine without arrays, served by the processor. */
class OpaqueFamiliesTest extends FamilyConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new OpaqueEngine(new CpuEngine(threads, List.of()));
    }
}
