package org.scenecontexts.pointnet2;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.CpuPointKernels;
import org.scenecontexts.runtime.engine.CpuEngine;
import org.scenecontexts.runtime.engine.Simd;

/** The CPU engine with this plugin's kernels. */
public final class TestEngines {

    private TestEngines() {}

    public static TensorEngine cpu(int threads) {
        return new CpuEngine(threads, List.of(new CpuPointKernels()));
    }

    /** The same with plain Java loops. */
    public static TensorEngine scalar(int threads) {
        return new CpuEngine(threads, List.of(new CpuPointKernels()), new Simd.Decision(false, "chosen by a test"));
    }
}
