package org.scenecontexts.engine.cpu;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the processor with operators sent to an OpenCL device by Aparapi: {@code device: aparapi}. Tensors stay in the
 * processor's memory; the operators that plugins define are sent to the device, all or those for which it pays. The engine whose
 * values stay on the device is {@code opencl}.
 *
 * @since 0.1
 */
@Extension
public final class AparapiEngineFactory implements EngineFactory<AparapiEngineFactory.Config> {

    /** The name for {@code device:}. */
    public static final String NAME = "aparapi";

    private static final Logger log = LoggerFactory.getLogger(AparapiEngineFactory.class);

    /** Which work goes to the device. */
    public enum Offload {
        /** What pays for its transfer, by rates that are measured at the start. */
        AUTO,
        /** Everything that has a kernel for the device. */
        ALWAYS,
        /** Nothing. */
        NEVER
    }

    /** How the device is used. */
    public record Config(
            @Doc("Which work goes to the device: what pays for its transfer by measurement, all of it, or none.")
            @Default("auto")
            Offload offload,

            @Doc("Part of the wanted device's or platform's name; the preferred one when left out, see 'csc info'.")
            Optional<String> name) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "The processor, with sparse convolutions and point operators sent to an OpenCL device by Aparapi where that pays.";
    }

    @Override
    public TensorEngine create(Config config, Context context) {
        CpuEngine engine = CpuEngine.offloading(
                NAME,
                context.threads(),
                context.providers(),
                Map.of(
                        "offload",
                        config.offload().name().toLowerCase(Locale.ROOT),
                        "name",
                        config.name().orElse("")));
        log.info("Offload by Aparapi: {}.", config.offload());
        return engine;
    }

    /** Aparapi reaches into arrays with {@code sun.misc.Unsafe}, and PoCL under it replaces signal handlers. */
    @Override
    public Jvm jvm() {
        return new Jvm(List.of("--sun-misc-unsafe-memory-access=allow"), true);
    }

    @Override
    public List<String> availability() {
        return List.of("the CPU engine, with operators that plugins send to an OpenCL device by Aparapi:");
    }
}
