package org.scenecontexts.engine.cpu;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.testkit.EngineConformance;

/** The processor's engine, to the highest level: bits that depend on no thread. */
class CpuEngineConformanceTest extends EngineConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of());
    }
}
