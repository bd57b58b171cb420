package org.scenecontexts.opencl;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers operators of a plugin for {@code device: opencl}: chooses the device, measures whether it pays, says what was
 * chosen and why; a plugin adds its kernels and its rules.
 *
 * @param <K> the kernel interface
 * @param <R> which of its operators go to the device
 * @since 0.1
 */
public abstract class OffloadingProvider<K, R extends OffloadingProvider.Rules> implements KernelProvider<K> {

    /** Which operators go to the device. */
    public interface Rules {
        /** One line per operator. */
        List<String> describe();
    }

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Class<K> type;
    private final String operators;

    /**
     * @param operators what the kernels compute, for logs and listings
     */
    protected OffloadingProvider(Class<K> type, String operators) {
        this.type = type;
        this.operators = operators;
    }

    /** The kernels of the processor, which take over what does not go to the device. */
    protected abstract K onCpu(Parallel parallel);

    /**
     * The kernels of the device.
     *
     * @throws DeviceFailure when they cannot be translated for it
     */
    protected abstract K onDevice(ClLauncher launcher);

    /** Rules that send everything. */
    protected abstract R always();

    /** Rules measured on samples of typical size; takes some seconds. */
    protected abstract R measure(Link link, K onDevice, K onCpu, Parallel parallel);

    /** Kernels that send each call where the rules say. */
    protected abstract K offloaded(K onDevice, K onCpu, R rules);

    @Override
    public final Class<K> type() {
        return type;
    }

    @Override
    public final String device() {
        return "aparapi";
    }

    @Override
    public final K create(TensorEngine engine) {
        K onCpu = onCpu(engine.parallel());
        Offload offload = Offload.of(engine.settings());
        if (offload == Offload.NEVER) {
            log.info("{}: on the processor, 'offload: never'", operators);
            return onCpu;
        }
        ClDevice device = ClDevices.choose(engine.settings().getOrDefault("name", ""));
        try {
            ClLauncher launcher = new ClLauncher(device);
            K onDevice = onDevice(launcher);
            log.info("OpenCL device {}", device.describe());
            R rules = offload == Offload.ALWAYS
                    ? always()
                    : measure(Link.measure(launcher), onDevice, onCpu, engine.parallel());
            rules.describe().forEach(line -> log.info("{}", line));
            return offloaded(onDevice, onCpu, rules);
        } catch (DeviceFailure e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    @Override
    public final List<String> availability(Parallel parallel) {
        try {
            List<String> lines = new ArrayList<>(ClDevices.describe());
            ClLauncher launcher = new ClLauncher(ClDevices.choose(""));
            Link link = Link.measure(launcher);
            lines.add(operators + ": " + link.describe());
            lines.addAll(
                    measure(link, onDevice(launcher), onCpu(parallel), parallel).describe());
            return lines;
        } catch (UnsupportedOperationException | DeviceFailure e) {
            return List.of("not used: " + e.getMessage());
        }
    }
}
