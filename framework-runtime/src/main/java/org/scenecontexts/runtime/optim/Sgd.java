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
 * Stochastic gradient descent with momentum, the optimizer of all published experiments on sparse backbones.
 *
 * <p>With {@code g = gradient + weight decay * p}: the buffer starts as {@code g} and goes on as
 * {@code momentum * buffer + (1 - dampening) * g}; the parameter moves by the rate times the buffer (REFERENCE 13 item 6).
 * State: {@code <parameter>.momentum} and {@code <parameter>.steps}.
 *
 * @since 0.1
 */
public final class Sgd implements Optimizer {

    /** Configuration; the defaults are those of the published fine-tuning (REFERENCE 6.1). */
    public record Config(
            @Doc("Learning rate, which the schedule multiplies.") @Default("0.1") @Positive
            double lr,

            @Doc("What stays of the momentum buffer at each step; 0 for none.") @Default("0.9") @Min(0) @Max(1)
            double momentum,

            @Doc("How much less than the whole gradient enters the momentum buffer. Pre-training was published with 0.")
            @Default("0.1")
            @Min(0)
            @Max(1)
            double dampening,

            @Doc("Share of each parameter that is added to its gradient, batch norms included.")
            @Default("1e-4")
            @Min(0)
            double weightDecay,

            @Doc("Whether to look ahead along the momentum (Nesterov); wants dampening 0.") @Default("false")
            boolean nesterov) {

        /** @throws IllegalArgumentException when Nesterov's momentum is asked for with dampening or without momentum */
        public Config {
            if (nesterov && (momentum <= 0 || dampening != 0)) {
                throw new IllegalArgumentException("nesterov needs momentum above 0 and dampening 0, found momentum "
                        + momentum + " and dampening " + dampening + "; set dampening: 0");
            }
        }
    }

    /** Offers it as {@code optimizer: sgd}. */
    @org.pf4j.Extension
    public static final class Factory implements OptimizerFactory<Config> {
        @Override
        public String name() {
            return "sgd";
        }

        @Override
        public String summary() {
            return "Stochastic gradient descent with momentum, as in all published segmentation experiments.";
        }

        @Override
        public Optimizer create(Config config, Context context) {
            return new Sgd(config, context);
        }
    }

    private final Config config;
    private final TensorEngine engine;
    private final List<StepMemory> memories;
    private final StepSlots numbers;

    public Sgd(Config config, OptimizerFactory.Context context) {
        this.config = config;
        this.engine = context.engine();
        this.numbers = new StepSlots(engine, StepNumbers.SGD);
        this.memories = config.momentum() == 0
                ? StepMemory.of(engine, context.parameters())
                : StepMemory.of(engine, context.parameters(), "momentum");
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
                boolean first = memory.steps().get() == 0;
                Buffer step = numbers.of(first ? 0 : 1, () -> numbers(learningRate, first));
                engine.dense()
                        .sgdStep(
                                tensor.size(),
                                tensor.buffer(),
                                gradient.buffer(),
                                config.momentum() == 0 ? Buffer.NONE : memory.buffer(0),
                                step,
                                flag,
                                (float) config.weightDecay());
                memory.steps().increment();
            });
        }
    }

    private float[] numbers(double learningRate, boolean first) {
        return StepNumbers.sgd(learningRate, config.momentum(), config.dampening(), config.nesterov(), first);
    }

    @Override
    public List<StateEntry> state() {
        return StepMemory.state(memories);
    }
}
