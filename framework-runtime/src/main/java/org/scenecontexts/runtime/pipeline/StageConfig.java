package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * What a stage does: one record per stage kind.
 *
 * @since 0.1
 */
public sealed interface StageConfig permits PrepareStage, SelectStage, RetrieveStage, LoadingStage {

    /** Where tensors live. */
    Choice<EngineFactory.Context, TensorEngine> device();

    /** Threads to compute with; the machine's cores when left out. */
    Optional<Integer> threads();

    /** The models that this stage reads. */
    List<ModelRef> models();
}
