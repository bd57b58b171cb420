package org.scenecontexts.resident;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.cuda.CudaDevice;
import org.scenecontexts.resident.cuda.CudaDevices;
import org.scenecontexts.resident.device.Wanted;

/**
 * Offers NVIDIA's cards by their own driver, which asks less of the processor for each kernel than OpenCL: {@code device: cuda}.
 * The kernels are those of {@code device: opencl}.
 *
 * @since 0.2
 */
@Extension
public final class CudaEngineFactory implements EngineFactory<ResidentConfig> {

    /** The JVM's property by which every engine of this factory uses graphs: for running all suites of kernels so. */
    static final String GRAPHS = "csc.cuda.graphs";

    private final Supplier<CudaDevices> devices;
    private final boolean emulates;

    /** As a pipeline gets it: instructions are emulated where the JVM's property {@value Products#EMULATE} asks for it. */
    public CudaEngineFactory() {
        this(Boolean.getBoolean(Products.EMULATE));
    }

    /** @param emulates whether instructions that a card lacks are emulated: for tests */
    public CudaEngineFactory(boolean emulates) {
        this(CudaDevices::find, emulates);
    }

    /**
     * The same by one library that stands in for driver and NVRTC, for tests; what it compiles is not kept.
     *
     * @param emulates whether instructions that a card lacks are emulated
     */
    public static CudaEngineFactory onStandIn(Path library, boolean emulates) {
        return new CudaEngineFactory(() -> CudaDevices.find(library, library, Optional.empty()), emulates);
    }

    /**
     * The same with cards of another driver, for tests.
     *
     * @param emulates whether instructions that a card lacks are emulated
     */
    public CudaEngineFactory(Supplier<CudaDevices> devices, boolean emulates) {
        this.devices = devices;
        this.emulates = emulates;
    }

    @Override
    public String name() {
        return CudaDevice.BACKEND;
    }

    @Override
    public String summary() {
        return "A card of NVIDIA's by its own driver, with the kernels of device: opencl; needs NVRTC, which compiles them.";
    }

    @Override
    public TensorEngine create(ResidentConfig config, Context context) {
        ResidentConfig taken = Boolean.getBoolean(GRAPHS) ? config.withGraphs() : config;
        return ResidentEngineFactory.open(devices.get(), taken, taken.wanted(false), emulates, context);
    }

    @Override
    public void require(ResidentConfig config) {
        ResidentEngineFactory.requireDevice(devices.get(), config, config.wanted(false), emulates);
    }

    @Override
    public List<String> availability() {
        try {
            CudaDevices found = devices.get();
            List<String> lines = new ArrayList<>();
            for (CudaDevice device : found.list()) {
                lines.add((lines.isEmpty() ? "used unless 'name' or 'card' says otherwise: " : "also there: ") + "card "
                        + lines.size() + ", " + device.describe());
            }
            found.choose(Wanted.named(""));
            return lines;
        } catch (UnsupportedOperationException | IllegalStateException e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
