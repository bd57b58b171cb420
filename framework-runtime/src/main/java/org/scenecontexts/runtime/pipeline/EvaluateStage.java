package org.scenecontexts.runtime.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.io.torch.WeightLayout;
import org.scenecontexts.runtime.checkpoint.SelfDescription;

/**
 * The keys of an {@code evaluate} stage. Backbone, task and inputs are those that the model was trained with; files of
 * other programs do not say which, so {@link Network} does.
 *
 * @since 0.1
 */
public record EvaluateStage(
        @Doc("The model: ${stage}, ${stage.best}, a checkpoint file, or a file of bare weights (then with 'network').")
        ModelRef model,

        @Doc("What network a file of bare weights belongs to; checkpoints of this program know theirs.")
        Optional<Network> network,

        @Doc("The scenes to measure on.") Choice<BuildContext, Dataset> data,

        @Doc("Changes to each scene, in order.") @Default("[]")
        List<Choice<BuildContext, Transform>> transforms,

        @Doc("What to measure: one benchmark or a list of them; without, the loss and the figures of the task itself.")
        @Default("[]")
        List<Choice<BenchmarkFactory.Context, Benchmark>> benchmark,

        @Doc("Whether to write the benchmarks' files (submissions, exports) too.") @Default("false")
        boolean export,

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

    /** @throws IllegalArgumentException when it is clear that a network must or must not be described, and it is not so */
    public EvaluateStage {
        transforms = List.copyOf(transforms);
        benchmark = List.copyOf(benchmark);
        if (benchmark.isEmpty() && (blocks.isPresent() || tta.isPresent())) {
            throw new IllegalArgumentException("'blocks' and 'tta' are about predictions, but without 'benchmark' only"
                    + " the loss of whole scenes is measured; name a benchmark, or leave them out");
        }
        switch (model) {
            case ModelRef.OfStage(String stage, var checkpoint)
            when network.isPresent() ->
                throw new IllegalArgumentException(
                        "'network' describes files of bare weights, but the model is that of stage '" + stage
                                + "', which knows its network; leave out 'network'");
            case ModelRef.OfFile(Path file)
            when network.isEmpty() && isBare(file) ->
                throw new IllegalArgumentException(
                        file + (isTorch(file) ? " is a PyTorch file that" : " is a file of bare weights, which")
                                + " does not say what network it belongs to (checkpoints of this program do, also"
                                + " after 'csc weights convert'); add 'network: { backbone: ..., task: ..., inputs:"
                                + " [...] }' as it was trained with");
            default -> {}
        }
    }

    /** Whether it is clear that nothing is said about the network: other programs' files are expected to have none. */
    private static boolean isBare(Path file) {
        return isTorch(file) ? !SelfDescription.isIn(file) : SelfDescription.isMissingFrom(file);
    }

    private static boolean isTorch(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".pth") || name.endsWith(".pt") || name.endsWith(".tar");
    }

    @Override
    public boolean ahead() {
        return blocks.isEmpty() && tta.isEmpty();
    }

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }

    /**
     * The keys of {@code network}: what a file of bare weights, such as the published ones, does not say about itself.
     * They are apart from the stage's own keys so that {@code defaults} for training do not reach them.
     *
     * @since 0.1
     */
    public record Network(
            @Doc("What the network was told about each point.") @Default("[colour]") @NotEmpty
            List<InputFeature> inputs,

            @Doc("The network that the weights belong to.") Choice<ModelContext, Backbone> backbone,

            @Doc("What it was trained for; its classes are those of 'data'.")
            Choice<TaskContext, Task> task,

            @Doc("Order of the 3x3x3 kernels in the file; needed where the file does not tell.")
            Optional<WeightLayout> layout,

            @Doc("The dictionary of tensors to take of a PyTorch file; the largest when left out.")
            Optional<String> tensors,

            @Doc("Whether every tensor of the file must be used; the network's own must be found in any case.")
            @Default("true")
            boolean strict) {

        public Network {
            inputs = List.copyOf(inputs);
        }
    }
}
