package org.scenecontexts.sparseconv;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.resident.ResidentConfig;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.resident.ResidentEngineFactory;
import org.scenecontexts.sparseconv.grid.GridKernelProvider;
import org.scenecontexts.sparseconv.kernel.device.DeviceConvProvider;

/** Engines on the OpenCL device that this machine prefers. */
public final class DeviceEngines {

    private DeviceEngines() {}

    /** One engine; the test is skipped, with the reason, where there is no device. */
    public static ResidentEngine open() {
        try {
            return (ResidentEngine) new ResidentEngineFactory()
                    .create(
                            ResidentConfig.PREFERRED,
                            new EngineFactory.Context(
                                    1,
                                    List.of(new DeviceConvProvider(), new GridKernelProvider.OnOpenCl()),
                                    () -> TestEngines.cpu(1)));
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
