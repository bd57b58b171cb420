package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.Exporter;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * The keys of a {@code predict} stage. Backbone, task and inputs are those that the model was trained with.
 *
 * @since 0.1
 */
public record PredictStage(
        @Doc("The model: ${stage}, ${stage.best}, or a checkpoint file.")
        ModelRef model,

        @Doc("The scenes to predict; labels are not needed.")
        Choice<BuildContext, Dataset> data,

        @Doc("Changes to each scene, in order.") @Default("[]")
        List<Choice<BuildContext, Transform>> transforms,

        @Doc("What to write for every scene.") @Default("[ply]") @NotEmpty
        List<Output> out,

        @Doc("Formats of plugins to write besides.") @Default("[]")
        List<Choice<BenchmarkFactory.Context, Exporter>> export,

        @Doc("Looks at large scenes in overlapping blocks and averages what is said; whole scenes when left out.")
        Optional<Blocks> blocks,

        @Doc("Looks at every scene several times and averages what is said; once when left out.")
        Optional<Tta> tta,

        @Doc("Scenes per forward pass; with 'blocks' or 'tta' one part of one scene.") @Default("1") @Min(1)
        int batch,

        @Doc(LoadingStage.WORKERS) @Min(1) Optional<Integer> workers,

        @Doc("Where tensors live.") @Default("cpu") Choice<EngineFactory.Context, TensorEngine> device,

        @Doc("Threads to compute with; the machine's cores when left out.") @Min(1)
        Optional<Integer> threads)
        implements LoadingStage {

    public PredictStage {
        transforms = List.copyOf(transforms);
        out = List.copyOf(out);
        export = List.copyOf(export);
        if (out.contains(Output.FEATURES) && (blocks.isPresent() || tta.isPresent())) {
            throw new IllegalArgumentException("features are those of whole scenes seen once; take 'features' out of"
                    + " 'out', or leave 'blocks' and 'tta' out");
        }
    }

    @Override
    public boolean ahead() {
        return blocks.isEmpty() && tta.isEmpty();
    }

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }

    /** A kind of file that a prediction can be written to. */
    public enum Output {
        /** Points with everything predicted about them; objects, boxes and values of the scene as JSON beside them. */
        PLY,
        /** Raw scores, {@code [N, K]} float32 in NumPy's format. */
        LOGITS,
        /** Features of the backbone, {@code [N, C]} float32 in NumPy's format. */
        FEATURES
    }
}
