package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.prepare.Preparation;

/**
 * The keys of a {@code prepare} stage. {@code prepare: {type: T, ...}} is short for {@code prepare: {work: {type: T, ...}}}.
 *
 * @since 0.1
 */
public record PrepareStage(
        @Doc("What to prepare, and from what.") Choice<BuildContext, Preparation> work,

        @Doc("Where tensors live.") @Default("cpu") Choice<EngineFactory.Context, TensorEngine> device,

        @Doc("Threads to work with; the machine's cores when left out.") @Min(1)
        Optional<Integer> threads)
        implements StageConfig {

    @Override
    public List<ModelRef> models() {
        return List.of();
    }
}
