package org.scenecontexts.runtime.optim;

import java.util.List;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.StepNumbers;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.optim.Optimizer;
import org.scenecontexts.api.optim.OptimizerFactory;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Adam and AdamW: steps scaled by running estimates of each gradient's mean and size. Detection was published with Adam at
 * its defaults (REFERENCE 8.7).
 *
 * <p>State: {@code <parameter>.exp_avg}, {@code <parameter>.exp_avg_sq} and {@code <parameter>.steps}.
 *
 * @since 0.1
 */
public final class Adam implements Optimizer {

    /** Configuration of Adam. */
    public record Config(
            @Doc("Learning rate, which the schedule multiplies.") @Default("0.001") @Positive
            double lr,

            @Doc("What stays of the running mean of the gradient at each step.") @Default("0.9") @Min(0) @Max(0.999999)
            double beta1,

            @Doc("What stays of the running mean of the squared gradient at each step.")
            @Default("0.999")
            @Min(0)
            @Max(0.999999)
            double beta2,

            @Doc("Added to the root of the squared mean, so that small gradients do not make large steps.")
            @Default("1e-8")
            @Positive
            double epsilon,

            @Doc("Share of each parameter that is added to its gradient.") @Default("0") @Min(0)
            double weightDecay) {}

    /** Configuration of AdamW. */
    public record DecoupledConfig(
            @Doc("Learning rate, which the schedule multiplies.") @Default("0.001") @Positive
            double lr,

            @Doc("What stays of the running mean of the gradient at each step.") @Default("0.9") @Min(0) @Max(0.999999)
            double beta1,

            @Doc("What stays of the running mean of the squared gradient at each step.")
            @Default("0.999")
            @Min(0)
            @Max(0.999999)
            double beta2,

            @Doc("Added to the root of the squared mean, so that small gradients do not make large steps.")
            @Default("1e-8")
            @Positive
            double epsilon,

            @Doc("Share of each parameter, times the learning rate, that is taken off it at each step.")
            @Default("0.01")
            @Min(0)
            double weightDecay) {}

    /** Offers it as {@code optimizer: adam}. */
    @org.pf4j.Extension
    public static final class Factory implements OptimizerFactory<Config> {
        @Override
        public String name() {
            return "adam";
        }

        @Override
        public String summary() {
            return "Adam with weight decay added to the gradient, as in the published detection experiments.";
        }

        @Override
        public Optimizer create(Config config, Context context) {
            return new Adam(config, false, context);
        }
    }

    /** Offers it as {@code optimizer: adamw}. */
    @org.pf4j.Extension
    public static final class DecoupledFactory implements OptimizerFactory<DecoupledConfig> {
        @Override
        public String name() {
            return "adamw";
        }

        @Override
        public String summary() {
            return "Adam with weight decay apart from the gradient (AdamW); usual for training from scratch today.";
        }

        @Override
        public Optimizer create(DecoupledConfig c, Context context) {
            return new Adam(new Config(c.lr(), c.beta1(), c.beta2(), c.epsilon(), c.weightDecay()), true, context);
        }
    }

    private final Config config;
    private final boolean decoupled;
    private final TensorEngine engine;
    private final List<StepMemory> memories;
    private final StepSlots numbers;

    /** @param decoupled whether weight decay acts on the parameter itself (AdamW) rather than through the gradient */
    public Adam(Config config, boolean decoupled, OptimizerFactory.Context context) {
        this.config = config;
        this.decoupled = decoupled;
        this.engine = context.engine();
        this.numbers = new StepSlots(engine, StepNumbers.ADAM);
        this.memories = StepMemory.of(engine, context.parameters(), "exp_avg", "exp_avg_sq");
    }

    @Override
    public double learningRate() {
        return config.lr();
    }

    @Override
    public void step(double learningRate, Buffer flag) {
        numbers.begin();
        for (StepMemory memory : memories) {
            Tensor tensor = memory.parameter().tensor();
            tensor.grad().ifPresent(gradient -> {
                memory.steps().increment();
                long count = memory.steps().get();
                Buffer step = numbers.of(count, () -> numbers(count, learningRate));
                engine.dense()
                        .adamStep(
                                tensor.size(),
                                tensor.buffer(),
                                gradient.buffer(),
                                memory.buffer(0),
                                memory.buffer(1),
                                step,
                                flag,
                                (float) config.epsilon(),
                                decoupled ? 0 : (float) config.weightDecay());
            });
        }
    }

    private float[] numbers(long count, double learningRate) {
        double decay = decoupled ? config.weightDecay() : 0;
        return StepNumbers.adam(count, learningRate, config.beta1(), config.beta2(), decay);
    }

    @Override
    public List<StateEntry> state() {
        return StepMemory.state(memories);
    }
}
