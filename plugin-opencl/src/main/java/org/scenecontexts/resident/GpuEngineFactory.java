package org.scenecontexts.resident;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.cl.OpenClDevices;

/**
 * Offers the best card that is there, so that a pipeline need not know whose it is: {@code device: gpu}. A processor with OpenCL
 * is no card; it is taken only where {@code name} or {@code card} chooses it.
 *
 * @since 0.2
 */
@Extension
public final class GpuEngineFactory implements EngineFactory<ResidentConfig> {

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public String summary() {
        return "The best card that is there: today what device: opencl prefers, but never a processor unless it is named.";
    }

    @Override
    public TensorEngine create(ResidentConfig config, Context context) {
        return ResidentEngineFactory.open(
                OpenClDevices.find(), config, config.wanted(true), Boolean.getBoolean(Products.EMULATE), context);
    }

    @Override
    public void require(ResidentConfig config) {
        ResidentEngineFactory.requireDevice(
                OpenClDevices.find(), config, config.wanted(true), Boolean.getBoolean(Products.EMULATE));
    }

    @Override
    public List<String> availability() {
        try {
            return List.of("opencl: "
                    + OpenClDevices.find()
                            .choose(ResidentConfig.PREFERRED.wanted(true))
                            .describe());
        } catch (UnsupportedOperationException e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
