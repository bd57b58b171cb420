package org.scenecontexts.runtime.execute;

import java.util.List;
import java.util.Map;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.config.Binder;
import org.scenecontexts.runtime.config.Node;
import org.scenecontexts.runtime.config.Position;
import org.scenecontexts.runtime.config.Problems;
import org.scenecontexts.runtime.config.SourceText;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/** Chooses engines where no pipeline does. */
final class Devices {

    private Devices() {}

    /** An engine with the defaults of its configuration. */
    static <C extends Record> Choice<EngineFactory.Context, TensorEngine> withDefaults(
            EngineFactory<C> factory, PluginCatalog plugins) {
        Position nowhere = SourceText.of("device " + factory.name(), "").at(1, 1);
        Problems problems = new Problems();
        var config = new Binder(plugins, Map.of(), problems)
                .bind(new Node.Mapping(List.of(), nowhere), factory.configType(), nowhere, "device");
        problems.throwIfErrors();
        return new Choice<>(factory, config.orElseThrow());
    }
}
