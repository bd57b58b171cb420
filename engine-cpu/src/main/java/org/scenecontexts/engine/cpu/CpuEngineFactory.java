package org.scenecontexts.engine.cpu;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Offers the processor as a device: {@code device: cpu}.
 *
 * @since 0.1
 */
@Extension
public final class CpuEngineFactory implements EngineFactory<CpuEngineFactory.Config> {

    /** Nothing to choose: threads come from the command line, the instruction set from the machine. */
    public record Config() {}

    @Override
    public String name() {
        return CpuEngine.NAME;
    }

    @Override
    public String summary() {
        return "The processor's cores, with SIMD through Java's Vector API where it is available; works everywhere.";
    }

    @Override
    public TensorEngine create(Config config, Context context) {
        return new CpuEngine(context.threads(), context.providers());
    }

    @Override
    public List<String> availability() {
        Simd.Decision simd = Simd.choose();
        return List.of(simd.kernels(Parallel.sequential()).description() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores: " + simd.reason());
    }
}
