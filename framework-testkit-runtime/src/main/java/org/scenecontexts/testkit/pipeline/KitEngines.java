package org.scenecontexts.testkit.pipeline;

import java.util.List;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.runtime.plugin.Plugins;

/**
 * Engines for tests of parts that need kernels of other plugins: neighbours need {@code plugin-pointnet2} on the class path,
 * grids {@code plugin-sparseconv}.
 *
 * @since 0.2
 */
public final class KitEngines {

    private static final List<KernelProvider<?>> KERNELS = onClassPath();

    private KitEngines() {}

    private static List<KernelProvider<?>> onClassPath() {
        try (Plugins plugins = Plugins.discover(List.of())) {
            return plugins.catalog().kernelProviders();
        }
    }

    /** The processor, with the kernels of every plugin on the class path; the caller closes it. */
    public static TensorEngine cpu(int threads) {
        return new CpuEngine(threads, KERNELS);
    }
}
