package org.scenecontexts.runtime.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.runtime.pipeline.DefaultDevice;
import org.scenecontexts.runtime.plugin.PluginCatalog;
import org.scenecontexts.runtime.run.Chance;
import org.scenecontexts.runtime.run.Model;
import org.scenecontexts.runtime.run.ModelSpec;
import org.scenecontexts.runtime.run.RunContext;

/** A network that is built before anything runs, on one thread and without data, to ask it something. */
final class UnstartedModel {

    /** For questions that do not depend on the classes, whose data may not be there yet. */
    static final SceneClasses ANY_CLASSES = SceneClasses.of(List.of("one", "other"));

    private UnstartedModel() {}

    /**
     * The answer to a question.
     *
     * @return empty where the network cannot be built without its data, or the question fails
     */
    static <R> Optional<R> with(
            ModelSpec spec, SceneClasses classes, PluginCatalog plugins, Function<Model, R> question) {
        try {
            return DefaultDevice.engine(1, plugins).map(processor -> {
                try (TensorEngine engine = processor) {
                    RunContext context = new RunContext(new Chance(0), warning -> {});
                    return question.apply(Model.create(spec, engine, classes, context));
                }
            });
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }
}
