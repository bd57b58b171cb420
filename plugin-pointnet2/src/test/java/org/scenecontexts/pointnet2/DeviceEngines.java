package org.scenecontexts.pointnet2;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.pointnet2.kernel.device.DeviceNeighbourProvider;
import org.scenecontexts.pointnet2.kernel.device.DevicePointProvider;
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
        return open(ResidentConfig.PREFERRED);
    }

    /** One that keeps activations in half their memory. */
    public static ResidentEngine keepingBfloat16() {
        return open(new ResidentConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResidentConfig.Compute.FP32,
                ResidentConfig.Stored.BF16));
    }

    /** One that multiplies by matrix units, emulated where the device has none, of results stored as bfloat16 or as float32. */
    public static ResidentEngine multiplyingBfloat16(ResidentConfig.Stored results) {
        return open(
                new ResidentConfig(Optional.empty(), Optional.empty(), Optional.empty(), ResidentConfig.Compute.BF16)
                        .storing(results),
                true);
    }

    private static ResidentEngine open(ResidentConfig config) {
        return open(config, false);
    }

    private static ResidentEngine open(ResidentConfig config, boolean emulates) {
        try {
            return (ResidentEngine) factory(emulates)
                    .create(
                            config,
                            new EngineFactory.Context(
                                    1,
                                    List.of(new DevicePointProvider(), new DeviceNeighbourProvider()),
                                    () -> TestEngines.cpu(1)));
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
