package org.scenecontexts.runtime.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.WritesFile;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.select.Selection;

/**
 * The keys of a {@code select} stage, which writes one list of points per scene. Backbone and inputs are those that the
 * model was trained with; its task takes no part.
 *
 * @since 0.1
 */
public record SelectStage(
        @Doc("How points are chosen.") Choice<BuildContext, Selection> method,

        @Doc("Whose features the choice looks at: ${stage}, ${stage.best}, or a checkpoint file.")
        Optional<ModelRef> model,

        @Doc("The scenes to choose points of; labels are not needed.")
        Choice<BuildContext, Dataset> data,

        @WritesFile @Doc("A second place for the list, for later stages to read; .pth as published, else .npz.")
        Optional<Path> out,

        @Doc("Where tensors live.") @Default("cpu") Choice<EngineFactory.Context, TensorEngine> device,

        @Doc("Threads to compute with; the machine's cores when left out.") @Min(1)
        Optional<Integer> threads)
        implements StageConfig {

    @Override
    public List<ModelRef> models() {
        return model.stream().toList();
    }
}
