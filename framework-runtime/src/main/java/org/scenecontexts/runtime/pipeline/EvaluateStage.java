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
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.plugin.BuildContext;

/**
 * The keys of an {@code evaluate} stage. Backbone, task and inputs are those that the model was trained with.
 *
 * @since 0.1
 */
public record EvaluateStage(
        @Doc("The model: ${stage}, ${stage.best}, or a checkpoint file.")
        ModelRef model,

        @Doc("The scenes to measure on.") Choice<BuildContext, Dataset> data,

        @Doc("Changes to each scene, in order.") @Default("[]")
        List<Choice<BuildContext, Transform>> transforms,

        @Doc("What to measure: one benchmark or a list of them.") @NotEmpty
        List<Choice<BenchmarkFactory.Context, Benchmark>> benchmark,

        @Doc("Whether to write the benchmarks' files (submissions, exports) too.") @Default("false")
        boolean export,

        @Doc("Scenes per forward pass.") @Default("1") @Min(1)
        int batch,

        @Doc("Threads that prepare samples ahead of the network.") @Default("1") @Min(1)
        int workers,

        @Doc("Where tensors live.") @Default("cpu") Choice<EngineFactory.Context, TensorEngine> device,

        @Doc("Threads to compute with; the machine's cores when left out.") @Min(1)
        Optional<Integer> threads)
        implements StageConfig {

    public EvaluateStage {
        transforms = List.copyOf(transforms);
        benchmark = List.copyOf(benchmark);
    }

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }
}
