package org.scenecontexts.resident;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * How a card is reached.
     *
     * @param finder finds it; refuses where there is no OpenCL either
     * @param notByCuda why CUDA does not serve although NVIDIA's driver is there; empty where it serves or there is no driver
     */
    private record Way(Supplier<DeviceFinder<?>> finder, Optional<String> notByCuda) {

        /** @throws UnsupportedOperationException when there is no such card; the message says why for both ways */
        <T> T go(Function<DeviceFinder<?>, T> use) {
            try {
                return use.apply(finder.get());
            } catch (UnsupportedOperationException e) {
                throw notByCuda
                        .map(why -> new UnsupportedOperationException(e.getMessage() + "; nor by CUDA: " + why, e))
                        .orElse(e);
            }
        }
    }

    private Way way(Wanted wanted) {
        CudaDevices devices;
        try {
            devices = cuda.get();
        } catch (UnsupportedOperationException e) {
            LOG.debug("device: gpu looks for OpenCL: {}", e.getMessage());
            return new Way(OpenClDevices::find, Optional.empty());
        }
        try {
            devices.choose(wanted);
            return new Way(() -> devices, Optional.empty());
        } catch (UnsupportedOperationException | IllegalStateException e) {
            return new Way(OpenClDevices::find, Optional.of(e.getMessage()));
        }
    }

    @Override
    public TensorEngine create(ResidentConfig config, Context context) {
        Wanted wanted = config.wanted(true);
        Way way = way(wanted);
        way.notByCuda().ifPresent(why -> LOG.info("device: gpu looks for OpenCL, not CUDA: {}", why));
        return way.go(finder -> ResidentEngineFactory.open(finder, config, wanted, emulates(), context));
    }

    @Override
    public void require(ResidentConfig config) {
        Wanted wanted = config.wanted(true);
        way(wanted).go(finder -> {
            ResidentEngineFactory.requireDevice(finder, config, wanted, emulates());
            return finder;
        });
    }

    private static boolean emulates() {
        return Boolean.getBoolean(Products.EMULATE);
    }

    @Override
    public List<String> availability() {
        try {
            Wanted wanted = ResidentConfig.PREFERRED.wanted(true);
            ComputeDevice device = way(wanted).go(finder -> finder.choose(wanted));
            return List.of(device.backend() + ": " + device.describe());
        } catch (UnsupportedOperationException e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
