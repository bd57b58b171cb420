package org.scenecontexts.resident;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.resident.family.FamilyProvider;

/** Engines on the OpenCL device that this machine prefers. */
final class Engines {

    private Engines() {}

    /** One engine; the test is skipped, with the reason, where there is no device. */
    static ResidentEngine open() {
        return open(ResidentConfig.PREFERRED);
    }

    /** The same as a pipeline says. */
    static ResidentEngine open(ResidentConfig config) {
        return open(config, new ResidentEngineFactory());
    }

    /** The same of a factory of the test's own. */
    static ResidentEngine open(ResidentConfig config, EngineFactory<ResidentConfig> factory) {
        try {
            return (ResidentEngine) factory.create(
                    config, new EngineFactory.Context(1, FamilyProvider.all(), () -> new CpuEngine(1, List.of())));
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
