package org.scenecontexts.resident;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pf4j.Extension;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.cl.OpenClDevice;
import org.scenecontexts.resident.cl.OpenClDevices;
import org.scenecontexts.resident.cuda.CudaDevice;
import org.scenecontexts.resident.device.ComputeDevice;
import org.scenecontexts.resident.device.DeviceFinder;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.Wanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers OpenCL devices on which values stay: {@code device: opencl}.
 *
 * @since 0.2
 */
@Extension
public final class ResidentEngineFactory implements EngineFactory<ResidentConfig> {

    private static final Logger LOG = LoggerFactory.getLogger(ResidentEngineFactory.class);

    private final boolean emulates;

    /** As a pipeline gets it: instructions are emulated where the JVM's property {@value Products#EMULATE} asks for it. */
    public ResidentEngineFactory() {
        this(Boolean.getBoolean(Products.EMULATE));
    }

    /** @param emulates whether instructions that a device lacks are emulated: for tests */
    public ResidentEngineFactory(boolean emulates) {
        this.emulates = emulates;
    }

    @Override
    public String name() {
        return OpenClDevice.BACKEND;
    }

    @Override
    public String summary() {
        return "An OpenCL device in whose memory all values stay; what has no kernel there is computed by the processor,"
                + " through copies.";
    }

    @Override
    public Map<String, String> formerNames() {
        return Map.of("opencl-resident", "write device: opencl");
    }

    @Override
    public Map<String, String> formerKeys() {
        return Map.of(
                "offload",
                "device: opencl keeps all values on the device now; sending operators there one by one is device:"
                        + " {type: aparapi, offload: ...}");
    }

    @Override
    public TensorEngine create(ResidentConfig config, Context context) {
        return open(OpenClDevices.find(), config, config.wanted(false), emulates, context);
    }

    /** An engine on a device that is meant, whoever finds it. */
    static TensorEngine open(
            DeviceFinder<?> devices,
            ResidentConfig config,
            Wanted wanted,
            boolean emulates,
            EngineFactory.Context context) {
        DeviceSession session = devices.open(wanted);
        ResidentEngine engine;
        try {
            Products products = Products.on(session.device(), config.compute().operands(), emulates);
            if (config.graphs()) {
                session.useGraphs();
            }
            engine = new ResidentEngine(session, products, config.packing(), context.processor(), context.providers());
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        config.advice().ifPresent(LOG::warn);
        if (session.device().processor()) {
            LOG.warn(
                    "{} is a processor, which device: cpu uses better; OpenCL on it is for tests",
                    session.device().name());
        }
        return engine;
    }

    @Override
    public void require(ResidentConfig config) {
        requireDevice(OpenClDevices.find(), config, config.wanted(false), emulates);
    }

    /** Refuses what {@link #open} would, without opening anything. */
    static void requireDevice(DeviceFinder<?> devices, ResidentConfig config, Wanted wanted, boolean emulates) {
        ComputeDevice device = devices.choose(wanted);
        if (config.graphs() && !device.backend().equals(CudaDevice.BACKEND)) {
            throw new UnsupportedOperationException(DeviceSession.noGraphs(device));
        }
        Products products = Products.on(device, config.compute().operands(), emulates);
        LOG.debug("device {}, {}", device.name(), products);
    }

    @Override
    public List<String> availability() {
        try {
            List<String> lines = new ArrayList<>();
            List<OpenClDevice> devices = OpenClDevices.find().list();
            for (ComputeDevice device : devices) {
                lines.add((lines.isEmpty() ? "used unless 'name' or 'card' says otherwise: " : "also there: ") + "card "
                        + lines.size() + ", " + device.describe());
            }
            if (devices.stream().allMatch(OpenClDevice::processor)) {
                lines.add("no accelerator: where a card's driver is not listed in /etc/OpenCL/vendors, as in many"
                        + " containers, name its library in OCL_ICD_VENDORS (NVIDIA: libnvidia-opencl.so.1)");
            }
            return lines;
        } catch (UnsupportedOperationException e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
