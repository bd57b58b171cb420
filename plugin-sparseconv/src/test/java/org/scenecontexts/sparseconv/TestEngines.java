package org.scenecontexts.sparseconv;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.sparseconv.conv.CpuKernelProvider;

/** The CPU engine with this plugin's kernels. */
public final class TestEngines {

    private TestEngines() {}

    public static TensorEngine cpu(int threads) {
        return new CpuEngine(threads, List.of(new CpuKernelProvider()));
    }
}
