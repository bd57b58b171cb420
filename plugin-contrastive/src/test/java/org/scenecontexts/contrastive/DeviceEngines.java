package org.scenecontexts.contrastive;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.contrastive.loss.device.DeviceContrastProvider;
import org.scenecontexts.resident.CudaEngineFactory;
import org.scenecontexts.resident.ResidentConfig;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.resident.ResidentEngineFactory;
import org.scenecontexts.testing.CudaStandIn;
import org.scenecontexts.testing.TestDevice;

/** Engines on the device that this machine prefers, by the driver that is tested. */
public final class DeviceEngines {

    private DeviceEngines() {}

    /** One engine; the test is skipped, with the reason, where there is no device. */
    public static ResidentEngine open() {
        try {
            return (ResidentEngine) factory(false)
                    .create(
                            ResidentConfig.PREFERRED,
                            new EngineFactory.Context(
                                    1, List.of(new DeviceContrastProvider()), () -> TestEngines.cpu(1)));
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    /** Makes engines by the driver that is tested. */
    private static EngineFactory<ResidentConfig> factory(boolean emulates) {
        return switch (TestDevice.wanted()) {
            case OPENCL -> new ResidentEngineFactory(emulates);
            case CUDA -> new CudaEngineFactory(emulates);
            case STAND_IN -> CudaEngineFactory.onStandIn(CudaStandIn.make().library(), emulates);
        };
    }
}
