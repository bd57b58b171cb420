package org.scenecontexts.sparseconv.grid;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.sparseconv.conv.CpuKernelProvider;
import org.scenecontexts.testkit.conformance.GridConformance;

class CpuGridTest extends GridConformance {

    @Override
    protected TensorEngine engine(int threads) {
        return new CpuEngine(threads, List.of(new CpuKernelProvider(), new GridKernelProvider()));
    }
}
