package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.Registered;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * Chooses the engine where no pipeline does; it is found among the plugins like any other.
 *
 * @since 0.2
 */
public final class DefaultDevice {

    /** What stands under {@code device:} where nothing does. */
    public static final String NAME = "cpu";

    private DefaultDevice() {}

    /** The engine with the defaults of its configuration; empty when no plugin offers it. */
    public static Optional<Choice<EngineFactory.Context, TensorEngine>> of(PluginCatalog plugins) {
        for (Registered registered : plugins.named(TensorEngine.class, NAME)) {
            if (registered.factory() instanceof EngineFactory<?> factory) {
                return Optional.of(withDefaults(factory, plugins));
            }
        }
        return Optional.empty();
    }

    /** An engine of the processor's cores; empty when no plugin offers it. Who asks for it closes it. */
    public static Optional<TensorEngine> engine(int threads, PluginCatalog plugins) {
        return of(plugins).map(device -> device.create(context(threads, plugins)));
    }

    /** What engines are lent: all kernels, and the processor's engine for what they lack. */
    public static EngineFactory.Context context(int threads, PluginCatalog plugins) {
        return new EngineFactory.Context(
                threads,
                plugins.kernelProviders(),
                () -> engine(threads, plugins)
                        .orElseThrow(() -> new IllegalStateException("no plugin offers the device '" + NAME
                                + "', whose kernels serve where others lack theirs; the installation is incomplete")));
    }

    private static <C extends Record> Choice<EngineFactory.Context, TensorEngine> withDefaults(
            EngineFactory<C> factory, PluginCatalog plugins) {
        Position nowhere = SourceText.of("device " + factory.name(), "").at(1, 1);
        Problems problems = new Problems();
        var config = new Binder(plugins, Map.of(), problems)
                .bind(new Node.Mapping(List.of(), nowhere), factory.configType(), nowhere, "device");
        problems.throwIfErrors();
        return new Choice<>(factory, config.orElseThrow());
    }
}
