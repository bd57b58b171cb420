package org.scenecontexts.engine.cpu;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.OpaqueEngine;
import org.scenecontexts.testkit.conformance.DropoutConformance;

/** An engine without arrays, served by the processor. */
class OpaqueDropoutTest extends DropoutConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new OpaqueEngine(new CpuEngine(threads, List.of()));
    }
}
