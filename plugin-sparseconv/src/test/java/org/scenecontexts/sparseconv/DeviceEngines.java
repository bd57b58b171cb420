package org.scenecontexts.sparseconv;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.resident.CudaEngineFactory;
import org.scenecontexts.resident.ResidentConfig;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.ResidentEngine;
import org.scenecontexts.resident.ResidentEngineFactory;
import org.scenecontexts.sparseconv.grid.GridKernelProvider;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.kernel.device.DeviceConvProvider;
import org.scenecontexts.testing.CudaStandIn;
import org.scenecontexts.testing.TestDevice;

/** Engines on the device that this machine prefers, by the driver that is tested. */
public final class DeviceEngines {

    private DeviceEngines() {}

    /** One engine; the test is skipped, with the reason, where there is no device. */
    public static ResidentEngine open() {
        return open(ResidentConfig.PREFERRED, factory(false));
    }

    /** One whose products are computed by matrix units, emulated where the device has none. */
    public static ResidentEngine open(Compute compute) {
        return open(new ResidentConfig(Optional.empty(), Optional.empty(), Optional.empty(), compute), factory(true));
    }

    /** One that keeps activations in half their memory. */
    public static ResidentEngine keepingBfloat16() {
        return open(
                new ResidentConfig(
                        Optional.empty(), Optional.empty(), Optional.empty(), Compute.FP32, ResidentConfig.Stored.BF16),
                factory(false));
    }

    /** One that does, whose products are computed by matrix units, emulated where the device has none. */
    public static ResidentEngine keepingBfloat16(Compute compute) {
        return open(
                new ResidentConfig(
                        Optional.empty(), Optional.empty(), Optional.empty(), compute, ResidentConfig.Stored.BF16),
                factory(true));
    }

    /** One that stores results so, too. */
    public static ResidentEngine storingBfloat16(Compute compute) {
        return open(
                new ResidentConfig(Optional.empty(), Optional.empty(), Optional.empty(), compute)
                        .storing(ResidentConfig.Stored.BF16),
                factory(true));
    }

    /** One with other kernels for its convolutions. */
    public static ResidentEngine open(KernelProvider<SparseConvKernels> convolutions) {
        return open(ResidentConfig.PREFERRED, factory(false), convolutions);
    }

    private static ResidentEngine open(ResidentConfig config, EngineFactory<ResidentConfig> factory) {
        return open(config, factory, new DeviceConvProvider());
    }

    private static ResidentEngine open(
            ResidentConfig config,
            EngineFactory<ResidentConfig> factory,
            KernelProvider<SparseConvKernels> convolutions) {
        try {
            return (ResidentEngine) factory.create(
                    config,
                    new EngineFactory.Context(
                            1, List.of(convolutions, new GridKernelProvider.OnOpenCl()), () -> TestEngines.cpu(1)));
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
