package org.scenecontexts.resident;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.cl.ClDevice;
import org.scenecontexts.resident.cl.ClDevices;
import org.scenecontexts.resident.cl.ClSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers OpenCL devices on which values stay: {@code device: opencl-resident}.
 *
 * @since 0.2
 */
@Extension
public final class ResidentEngineFactory implements EngineFactory<ResidentEngineFactory.Config> {

    private static final Logger LOG = LoggerFactory.getLogger(ResidentEngineFactory.class);

    /** Which device. */
    public record Config(
            @Doc("Part of the wanted device's or platform's name; the preferred one when left out, see 'csc info'.")
            Optional<String> name) {}

    @Override
    public String name() {
        return ResidentEngine.NAME;
    }

    @Override
    public String summary() {
        return "An OpenCL device in whose memory all values stay; what has no kernel there is computed by the processor,"
                + " through copies. Correct on every driver; portable kernels, not yet fast ones.";
    }

    @Override
    public TensorEngine create(Config config, Context context) {
        ClSession session = ClDevices.find().open(config.name().orElse(""));
        ResidentEngine engine;
        try {
            engine = new ResidentEngine(session, context.processor(), context.providers());
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        LOG.info("Computing on {}.", engine.description());
        return engine;
    }

    @Override
    public List<String> availability() {
        try {
            List<String> lines = new ArrayList<>();
            for (ClDevice device : ClDevices.find().list()) {
                lines.add((lines.isEmpty() ? "values lie on this one, unless 'name' says otherwise: " : "also there: ")
                        + device.describe());
            }
            return lines;
        } catch (UnsupportedOperationException e) {
            return List.of(e.getMessage());
        }
    }
}
