package org.scenecontexts.engine.cpu;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.DropoutConformance;

/** The processor's engine. */
class CpuDropoutTest extends DropoutConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of());
    }
}
