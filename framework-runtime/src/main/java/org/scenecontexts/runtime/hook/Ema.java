package org.scenecontexts.runtime.hook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Counter;
import org.scenecontexts.api.nn.Init;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.train.TrainingEnd;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.api.train.TrainingRun;
import org.scenecontexts.api.train.TrainingStep;

/**
 * Averages the network over the steps of its training, because the average is steadier and usually better than where the
 * last steps happened to end (Polyak and Juditsky, 1992; Tarvainen and Valpola, Mean teachers, 2017).
 *
 * <p>The average is what counts: it is measured, it is in {@code best} and {@code last}, and therefore in predictions and
 * exports. Running statistics of norms are averaged with the weights that they belong to. Training itself goes on with its
 * own weights, bit for bit as without the hook.
 *
 * @since 0.1
 */
public final class Ema implements TrainingHook {

    /** The name under which the weights that the optimizer left are kept. */
    static final String TRAINED = "trained";

    /** Configuration. */
    public record Config(
            @Doc("What stays of the average at each step; its memory is about 1 / (1 - decay) steps.")
            @Default("0.999")
            @Min(0)
            @Max(0.9999999)
            double decay,

            @Doc("Whether young averages forget faster: after n steps with (1 + n) / (10 + n), up to the decay.")
            @Default("true")
            boolean warmup,

            @Doc("Whether to keep the weights as the optimizer left them too, in checkpoints/trained.safetensors.")
            @Default("false")
            boolean keepTrained) {}

    /** Offers it as {@code type: ema}. */
    @Extension
    public static final class Factory implements TrainingHookFactory<Config> {
        @Override
        public String name() {
            return "ema";
        }

        @Override
        public String summary() {
            return "Averages weights over training; the average is measured, saved as best and last, and used.";
        }

        @Override
        public TrainingHook create(Config config, Context context) {
            return new Ema(config, context.engine(), context.network());
        }
    }

    /** The average, as named as the network. */
    private static final class Average extends Module {
        private final Map<String, Tensor> tensors = new LinkedHashMap<>();
        private final Counter steps = counter("steps");

        Average(TensorEngine engine, Map<String, Tensor> network) {
            network.forEach((name, tensor) ->
                    tensors.put(name, buffer("average/" + name, Init.constant(engine, 0, tensor.shape()))));
        }
    }

    private final Config config;
    private final TensorEngine engine;
    private final Map<String, Tensor> network;
    private final Set<String> parameters;
    private final Average average;
    private boolean exchanged;
    private TrainingRun run;

    /** @param network what is averaged, not yet with the values to start from */
    public Ema(Config config, TensorEngine engine, Module network) {
        this.config = config;
        this.engine = engine;
        this.network = network.namedTensors();
        this.parameters = network.namedParameters().keySet();
        this.average = new Average(engine, this.network);
    }

    @Override
    public void begin(TrainingRun newRun) {
        run = newRun;
        if (average.steps.get() == 0) {
            average.tensors.forEach((name, tensor) -> blend(tensor, 0, network.get(name)));
        }
    }

    @Override
    public void afterStep(TrainingStep step) {
        long steps = average.steps.get();
        average.steps.increment();
        double young = (1.0 + steps) / (10.0 + steps);
        double decay = config.warmup() ? Math.min(config.decay(), young) : config.decay();
        average.tensors.forEach((name, tensor) -> {
            // Statistics before the first batch are nobody's; weights before the first step are where training starts.
            boolean first = steps == 0 && !parameters.contains(name);
            blend(tensor, first ? 0 : decay, network.get(name));
        });
    }

    /** {@code average = decay average + (1 - decay) values}. */
    private void blend(Tensor into, double decay, Tensor values) {
        engine.dense().scale(into.size(), (float) decay, into.buffer(), into.buffer());
        engine.dense().axpy(into.size(), (float) (1 - decay), values.buffer(), into.buffer());
    }

    @Override
    public void beforeUse() {
        exchange();
        exchanged = true;
    }

    @Override
    public void afterUse() {
        if (exchanged) {
            exchange();
            exchanged = false;
        }
    }

    private void exchange() {
        network.forEach((name, tensor) -> {
            Tensor other = average.tensors.get(name);
            float[] values = tensor.toArray();
            tensor.set(other.toArray());
            other.set(values);
        });
    }

    @Override
    public void end(TrainingEnd end) {
        if (config.keepTrained()) {
            run.saveTrained(TRAINED, Map.of());
        }
    }

    @Override
    public List<StateEntry> state() {
        return average.state();
    }
}
