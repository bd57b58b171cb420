package org.scenecontexts.votenet;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointnet2.kernel.device.DeviceNeighbourProvider;
import org.scenecontexts.pointnet2.kernel.device.DevicePointProvider;
import org.scenecontexts.resident.CudaEngineFactory;
import org.scenecontexts.resident.ResidentConfig;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.resident.ResidentEngineFactory;
import org.scenecontexts.testing.CudaStandIn;
import org.scenecontexts.testing.TestDevice;
import org.scenecontexts.votenet.loss.device.DeviceBoxLossProvider;

/** Engines on the device that this machine prefers, by the driver that is tested. */
public final class DeviceEngines {

    private static final List<KernelProvider<?>> PROVIDERS =
            List.of(new DeviceBoxLossProvider(), new DeviceNeighbourProvider(), new DevicePointProvider());

    private DeviceEngines() {}

    /** One engine; the test is skipped, with the reason, where there is no device. */
    public static ResidentEngine open() {
        try {
            return (ResidentEngine) factory()
                    .create(
                            ResidentConfig.PREFERRED,
                            new EngineFactory.Context(1, PROVIDERS, () -> new CpuEngine(1, List.of())));
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    private static EngineFactory<ResidentConfig> factory() {
        return switch (TestDevice.wanted()) {
            case OPENCL -> new ResidentEngineFactory(false);
            case CUDA -> new CudaEngineFactory(false);
            case STAND_IN -> CudaEngineFactory.onStandIn(CudaStandIn.make().library(), false);
        };
    }
}
