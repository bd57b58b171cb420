package org.scenecontexts.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.pipeline.DefaultDevice;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * The devices that plugins offer and what each says of itself here.
 *
 * @since 0.2
 */
public final class Devices {

    /** How a line begins that says why something cannot be used. */
    static final String UNUSABLE = "cannot be used: ";

    private Devices() {}

    /**
     * One of them.
     *
     * @param name as after {@code device:}
     * @param plugin that offers it
     * @param lines what engine and kernels say
     */
    public record Device(String name, String plugin, List<String> lines) {

        public Device {
            lines = List.copyOf(lines);
        }
    }

    /** Asks all of them, which may start drivers. */
    public static List<Device> of(PluginCatalog plugins) {
        Optional<TensorEngine> processor =
                DefaultDevice.engine(Runtime.getRuntime().availableProcessors(), plugins);
        try {
            Parallel parallel = processor.map(TensorEngine::parallel).orElseGet(Parallel::sequential);
            List<Device> devices = new ArrayList<>();
            for (Registered engine : plugins.factories(TensorEngine.class)) {
                devices.add(device(engine, plugins.kernelProviders(), parallel));
            }
            return devices;
        } finally {
            processor.ifPresent(TensorEngine::close);
        }
    }

    private static Device device(Registered registered, List<KernelProvider<?>> providers, Parallel parallel) {
        Set<String> lines = new LinkedHashSet<>();
        if (registered.factory() instanceof EngineFactory<?> engine) {
            add(engine::availability, lines);
            providers.stream()
                    .filter(provider -> provider.device().equals(registered.name()))
                    .forEach(provider -> add(() -> provider.availability(parallel), lines));
        }
        return new Device(registered.name(), registered.plugin(), List.copyOf(lines));
    }

    private static void add(Supplier<List<String>> source, Set<String> lines) {
        try {
            lines.addAll(source.get());
        } catch (RuntimeException | LinkageError e) {
            lines.add(UNUSABLE + e);
        }
    }
}
