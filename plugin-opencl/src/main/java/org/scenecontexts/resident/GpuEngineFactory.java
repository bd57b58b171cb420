package org.scenecontexts.resident;

import java.util.List;
import java.util.function.Supplier;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.cl.OpenClDevices;
import org.scenecontexts.resident.cuda.CudaDevices;
import org.scenecontexts.resident.device.ComputeDevice;
import org.scenecontexts.resident.device.DeviceFinder;
import org.scenecontexts.resident.device.Wanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the best card that is there, so that a pipeline need not know whose it is: {@code device: gpu}. A card of NVIDIA's is
 * taken by CUDA where that can be used, every other by OpenCL. A processor with OpenCL is no card; it is taken only where
 * {@code name} or {@code card} chooses it.
 *
 * @since 0.2
 */
@Extension
public final class GpuEngineFactory implements EngineFactory<ResidentConfig> {

    private static final Logger LOG = LoggerFactory.getLogger(GpuEngineFactory.class);

    private final Supplier<CudaDevices> cuda;

    /** As a pipeline gets it. */
    public GpuEngineFactory() {
        this(CudaDevices::find);
    }

    /** The same with cards of another driver, for tests. */
    public GpuEngineFactory(Supplier<CudaDevices> cuda) {
        this.cuda = cuda;
    }

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public String summary() {
        return "The best card that is there: what device: cuda prefers where that can be used, else what device: opencl does,"
                + " but never a processor unless it is named.";
    }

    /** Who finds a device that is meant. */
    private DeviceFinder<?> finder(Wanted wanted) {
        try {
            CudaDevices devices = cuda.get();
            ComputeDevice device = devices.choose(wanted);
            LOG.debug("device: gpu is {} by CUDA", device.name());
            return devices;
        } catch (UnsupportedOperationException | IllegalStateException e) {
            LOG.debug("device: gpu looks for OpenCL: {}", e.getMessage());
            return OpenClDevices.find();
        }
    }

    @Override
    public TensorEngine create(ResidentConfig config, Context context) {
        Wanted wanted = config.wanted(true);
        return ResidentEngineFactory.open(
                finder(wanted), config, wanted, Boolean.getBoolean(Products.EMULATE), context);
    }

    @Override
    public void require(ResidentConfig config) {
        Wanted wanted = config.wanted(true);
        ResidentEngineFactory.requireDevice(finder(wanted), config, wanted, Boolean.getBoolean(Products.EMULATE));
    }

    @Override
    public List<String> availability() {
        try {
            Wanted wanted = ResidentConfig.PREFERRED.wanted(true);
            ComputeDevice device = finder(wanted).choose(wanted);
            return List.of(device.backend() + ": " + device.describe());
        } catch (UnsupportedOperationException e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
