package org.scenecontexts.nd4j;

import java.util.List;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointnet2.kernel.CpuNeighbourKernels;
import org.scenecontexts.pointnet2.kernel.CpuPointKernels;
import org.scenecontexts.pointnet2.kernel.composed.ComposedNeighbourProvider;
import org.scenecontexts.pointnet2.kernel.composed.ComposedPointProvider;
import org.scenecontexts.sparseconv.conv.CpuKernelProvider;
import org.scenecontexts.sparseconv.grid.GridKernelProvider;
import org.scenecontexts.sparseconv.kernel.composed.ComposedConvProvider;

/** Engines on ND4J's native backend. */
final class Nd4jEngines {

    private Nd4jEngines() {}

    static Nd4jEngine open(int threads) {
        return open(threads, List.of());
    }

    /** The kernels of the plugins that are there, for every device. */
    static List<KernelProvider<?>> plugins() {
        return List.of(
                new CpuKernelProvider(),
                new GridKernelProvider(),
                new ComposedConvProvider(),
                new GridKernelProvider.Composed(),
                new CpuPointKernels(),
                new CpuNeighbourKernels(),
                new ComposedPointProvider(),
                new ComposedNeighbourProvider());
    }

    /** @param providers kernels that plugins bring, for any device */
    static Nd4jEngine open(int threads, List<KernelProvider<?>> providers) {
        return (Nd4jEngine) new Nd4jEngineFactory()
                .create(
                        new Nd4jEngineFactory.Config(Nd4jEngineFactory.Backend.NATIVE),
                        new EngineFactory.Context(threads, providers, () -> new CpuEngine(threads, providers)));
    }
}
