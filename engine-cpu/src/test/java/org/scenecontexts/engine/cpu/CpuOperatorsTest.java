package org.scenecontexts.engine.cpu;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.conformance.OperatorConformance;

/** The processor's engine, with the kernels that this machine gets. */
class CpuOperatorsTest extends OperatorConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of());
    }
}
