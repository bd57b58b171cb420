package org.scenecontexts.pointnet2;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.engine.cpu.Simd;
import org.scenecontexts.pointnet2.kernel.CpuPointKernels;

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
