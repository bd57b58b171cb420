package org.scenecontexts.runtime.pipeline;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.ExactlyOne;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.NotEmpty;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.data.Dataset;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.Transform;
import org.scenecontexts.api.engine.EngineFactory;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.metrics.Benchmark;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.nn.RunningStatistics;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.optim.Schedule;
import org.scenecontexts.api.optim.ScheduleFactory;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.io.torch.WeightLayout;

/**
 * The keys of a {@code train} stage.
 *
 * @since 0.1
 */
@ExactlyOne({"iterations", "epochs"})
public record TrainStage(
        @Doc("The scenes to learn from.") Choice<BuildContext, Dataset> data,

        @Doc("Augmentations and other changes to each scene, in order.") @Default("[]")
        List<Choice<BuildContext, Transform>> transforms,

        @Doc("What the network is told about each point.") @Default("[colour]") @NotEmpty
        List<InputFeature> inputs,

        @Doc("The network that turns points into features.") Choice<ModelContext, Backbone> backbone,
        @Doc("What the network is trained for.") Choice<TaskContext, Task> task,

        @Doc("How gradients change the parameters.") @Default("sgd")
        Choice<OptimizerFactory.Context, Optimizer> optimizer,

        @Doc("How the learning rate changes over training.") @Default("poly")
        Choice<ScheduleFactory.Context, Schedule> schedule,

        @Doc("Optimizer steps. Either these or 'epochs'.") @Positive
        Optional<Integer> iterations,

        @Doc("Passes through the data set, in place of 'iterations'; a step that is begun is made whole.") @Positive
        Optional<Double> epochs,

        @Doc("Scenes per forward pass.") @Default("1") @Min(1)
        int batch,

        @Doc("Forward passes whose gradients are averaged into one optimizer step.") @Default("1") @Min(1)
        int accumulate,

        @Doc("Parameters that stay as they are, by name, for all steps or some.") @Default("[]")
        List<Freeze> freeze,

        @Doc("Parameters with a learning rate or weight decay of their own; where several match, the last one counts.")
        @Default("[]")
        List<ParameterGroup> groups,

        @Doc("What looks at the training or steers it, in this order.") @Default("[]")
        List<Choice<TrainingHookFactory.Context, TrainingHook>> hooks,

        @Doc("Where to start from: ${stage}, or a checkpoint file. From scratch when left out.")
        Optional<ModelRef> init,

        @Doc("Order of the 3x3x3 kernels in the file of 'init'; needed where the file does not tell.")
        Optional<WeightLayout> initLayout,

        @Doc("The dictionary of tensors to take of the PyTorch file of 'init'; the largest when left out.")
        Optional<String> initTensors,

        @Doc("Whether every tensor of 'init' must fit; otherwise those that do not are left out and named.")
        @Default("false")
        boolean strict,

        @Doc(
                "How batch norms begin to collect the statistics that evaluation uses: unbiased (means over the batches of this"
                        + " training alone, right after few iterations too) or published (a part of the first values, or of"
                        + " those of 'init', is left: (1 - momentum)^n after n batches).")
        @Default("unbiased")
        RunningStatistics runningStatistics,

        @Doc("Measuring during training, which also chooses the best checkpoint.")
        Optional<Validation> validation,

        @Doc("Iterations between two checkpoints to resume from.") @Default("100") @Min(1)
        int checkpointEvery,

        @Doc("Iterations between two lines of the log.") @Default("10") @Min(1)
        int logEvery,

        @Doc(LoadingStage.WORKERS) @Min(1) Optional<Integer> workers,

        @Doc("Where tensors live.") @Default("cpu") Choice<EngineFactory.Context, TensorEngine> device,

        @Doc("Threads to compute with; the machine's cores when left out.") @Min(1)
        Optional<Integer> threads)
        implements LoadingStage {

    /** The key of an optimizer that {@link ParameterGroup#weightDecay} takes the place of. */
    public static final String WEIGHT_DECAY = "weight-decay";

    /** @throws IllegalArgumentException unless exactly one of iterations and epochs is given */
    public TrainStage {
        transforms = List.copyOf(transforms);
        inputs = List.copyOf(inputs);
        freeze = List.copyOf(freeze);
        groups = List.copyOf(groups);
        hooks = List.copyOf(hooks);
        if (iterations.isPresent() == epochs.isPresent()) {
            throw new IllegalArgumentException(
                    "a training needs exactly one of iterations and epochs, found " + iterations + " and " + epochs);
        }
    }

    /**
     * Optimizer steps to make.
     *
     * @param examples size of the data set
     */
    public int steps(int examples) {
        return iterations.orElseGet(() -> {
            double exact = epochs.orElseThrow() / epochsPerStep(examples);
            // 0.1 epochs of 30 examples are 3 steps, not 4.
            return Math.max(1, Math.toIntExact((long) Math.ceil(exact * (1 - 1e-12))));
        });
    }

    /** Passes through the data set in one optimizer step. */
    public double epochsPerStep(int examples) {
        return (double) batch * accumulate / examples;
    }

    /** Whether the training asks for parameters by name. */
    public boolean namesParameters() {
        return !freeze.isEmpty() || !groups.isEmpty();
    }

    @Override
    public List<ModelRef> models() {
        return init.stream().toList();
    }

    /**
     * The keys of {@code validation}.
     *
     * @since 0.1
     */
    public record Validation(
            @Doc("The scenes to measure on; never trained on.")
            Choice<BuildContext, Dataset> data,

            @Doc("Changes to each scene, in order; no augmentation belongs here.") @Default("[]")
            List<Choice<BuildContext, Transform>> transforms,

            @Doc(
                    "What to measure; the loss and the figures of the task when left out, as for tasks without predictions.")
            Optional<Choice<BenchmarkFactory.Context, Benchmark>> benchmark,

            @Doc("Iterations between two measurements; the end is always measured.") @Default("100") @Min(1)
            int every,

            @Doc("Scenes per forward pass.") @Default("1") @Min(1)
            int batch,

            @Doc(
                    "The figure that chooses the best checkpoint; the benchmark's leading one when left out, the loss without"
                            + " benchmark.")
            Optional<String> metric,

            @Doc(
                    "Whether the best is the highest or the lowest; when left out, the lowest loss or the highest of any other.")
            Optional<Goal> goal) {

        /** The figure of the task itself. */
        public static final String LOSS = "loss";

        public Validation {
            transforms = List.copyOf(transforms);
        }
    }

    /** Which figure is best. */
    public enum Goal {
        /** Accuracy, IoU. */
        HIGHEST,
        /** Loss, error. */
        LOWEST
    }
}
