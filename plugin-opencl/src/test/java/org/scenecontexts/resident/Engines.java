package org.scenecontexts.resident;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.resident.ResidentConfig.Compute;
import org.scenecontexts.resident.cl.OpenClDevices;
import org.scenecontexts.resident.cuda.CudaDevices;
import org.scenecontexts.resident.device.DeviceFinder;
import org.scenecontexts.resident.family.FamilyProvider;
import org.scenecontexts.testing.CudaStandIn;
import org.scenecontexts.testing.TestDevice;

/** Engines on the device that this machine prefers, by the driver that is tested. */
final class Engines {

    private Engines() {}

    /** One engine; the test is skipped, with the reason, where there is no device. */
    static ResidentEngine open() {
        return open(ResidentConfig.PREFERRED);
    }

    /** The same as a pipeline says. */
    static ResidentEngine open(ResidentConfig config) {
        return open(config, factory(false));
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

    /** One that keeps activations as bfloat16. */
    static ResidentEngine keepingBfloat16() {
        return open(new ResidentConfig(
                Optional.empty(), Optional.empty(), Optional.empty(), Compute.FP32, ResidentConfig.Stored.BF16));
    }

    /**
     * Those that multiply by matrix units, emulated where the device has none; close each.
     *
     * @param results how they store results
     */
    static Map<Compute, ResidentEngine> byUnits(ResidentConfig.Stored results) {
        Map<Compute, ResidentEngine> engines = new EnumMap<>(Compute.class);
        for (Compute compute : List.of(Compute.TF32, Compute.BF16)) {
            engines.put(compute, open(computing(compute).storing(results), factory(true)));
        }
        return engines;
    }

    /** The preferred device, whose products are computed in a way. */
    static ResidentConfig computing(Compute compute) {
        return new ResidentConfig(Optional.empty(), Optional.empty(), Optional.empty(), compute);
    }

    /** Makes engines by the driver that is tested. */
    static EngineFactory<ResidentConfig> factory(boolean emulates) {
        return switch (TestDevice.wanted()) {
            case OPENCL -> new ResidentEngineFactory(emulates);
            case CUDA -> new CudaEngineFactory(emulates);
            case STAND_IN -> CudaEngineFactory.onStandIn(CudaStandIn.make().library(), emulates);
        };
    }

    /** Finds devices by the driver that is tested. */
    static DeviceFinder<?> devices() {
        return switch (TestDevice.wanted()) {
            case OPENCL -> OpenClDevices.find();
            case CUDA -> CudaDevices.find();
            case STAND_IN -> cards(CudaStandIn.make());
        };
    }

    /** The cards of a stand-in, whose programs are not kept. */
    static CudaDevices cards(CudaStandIn standIn) {
        return CudaDevices.find(standIn.library(), standIn.library(), Optional.empty());
    }
}
