package org.scenecontexts.engine.cpu;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.testkit.conformance.OperatorConformance;

/** An engine without arrays: no operator asks for one, and every primitive marks all that it writes. */
class OpaqueOperatorsTest extends OperatorConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new OpaqueEngine(new CpuEngine(threads, List.of()));
    }
}
