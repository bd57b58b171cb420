package org.scenecontexts.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.nd4j.cuda.CudaCheck;
import org.scenecontexts.nd4j.cuda.CudaDriver;
import org.scenecontexts.nd4j.cuda.LibCuda;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers ND4J as an engine: {@code device: nd4j}.
 *
 * @since 0.2
 */
@Extension
public final class Nd4jEngineFactory implements EngineFactory<Nd4jEngineFactory.Config> {

    private static final Logger LOG = LoggerFactory.getLogger(Nd4jEngineFactory.class);

    private final Supplier<CudaDriver> driver;

    public Nd4jEngineFactory() {
        this(LibCuda::open);
    }

    /** @param driver is opened where the CUDA backend is asked for */
    Nd4jEngineFactory(Supplier<CudaDriver> driver) {
        this.driver = driver;
    }

    /** Which backend of ND4J computes. */
    public enum Backend {
        /** The processor. */
        NATIVE,
        /** NVIDIA's cards that ND4J's library has machine code for. */
        CUDA
    }

    /** Which backend. */
    public record Config(
            @Default("native")
            @Doc("'native': the processor; 'cuda': NVIDIA cards of compute capability 3.7 to 8.9 (Kepler to" + " Ada).")
            Backend backend) {}

    @Override
    public String name() {
        return Nd4jEngine.NAME;
    }

    @Override
    public String summary() {
        return "ND4J, on the processor or an NVIDIA card up to Ada: values stay in its arrays. For comparison and for"
                + " cards that only ND4J serves; 'cpu' is faster on a processor, 'gpu' on a card.";
    }

    private static Nd4jLibrary.Backend library(Config config) {
        return Nd4jLibrary.Backend.valueOf(config.backend().name());
    }

    @Override
    public void require(Config config) {
        Nd4jLibrary.require(library(config), driver);
    }

    @Override
    public TensorEngine create(Config config, Context context) {
        Nd4jLibrary.Loaded library = Nd4jLibrary.load(library(config), context.threads(), driver);
        Nd4jEngine engine = new Nd4jEngine(library, context.processor(), context.providers());
        LOG.info("Computing on {}.", engine.description());
        return engine;
    }

    @Override
    public List<String> availability() {
        List<String> lines = new ArrayList<>();
        lines.add("backend native: the processor, by OpenBLAS");
        try {
            lines.add("backend cuda: " + CudaCheck.check(driver.get(), false));
        } catch (UnsupportedOperationException e) {
            lines.add("backend cuda: " + e.getMessage());
        }
        return lines;
    }
}
