package org.scenecontexts.runtime.hook;

import java.util.List;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.nn.BatchNorm;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.Momentum;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.api.train.TrainingStep;

/**
 * Lets running statistics follow the batches quickly at first and slowly later, as published detection does (REFERENCE 8.7):
 * the momentum of every batch norm is {@code max(floor, start factor^(k))} after {@code k} whole spans.
 *
 * @since 0.1
 */
public final class NormMomentum implements TrainingHook {

    /** Configuration; the defaults are those of published detection. */
    public record Config(
            @Doc("Weight of the newest batch at first, in all batch norms; 0 to 1.") @Default("0.5") @Min(0) @Max(1)
            double start,

            @Doc("What the momentum is multiplied with after every span.") @Default("0.5") @Positive @Max(1)
            double factor,

            @Doc("Length of a span, in epochs or iterations.") @Default("80") @Positive
            double every,

            @Doc("What 'every' counts.") @Default("epochs") Unit unit,

            @Doc("The momentum never falls below this.") @Default("0.001") @Min(0) @Max(1)
            double floor) {

        /** The momentum in a step. */
        double at(TrainingProgress progress) {
            double behind = unit == Unit.EPOCHS ? progress.wholeEpochs() : progress.iteration() - 1;
            return Math.max(floor, start * Math.pow(factor, Math.floor(behind / every)));
        }
    }

    /** What a span is counted in. */
    public enum Unit {
        /** Whole passes through the data set. */
        EPOCHS,
        /** Optimizer steps. */
        ITERATIONS
    }

    /** Offers it as {@code type: norm-momentum}. */
    @Extension
    public static final class Factory implements TrainingHookFactory<Config> {
        @Override
        public String name() {
            return "norm-momentum";
        }

        @Override
        public String summary() {
            return "Lowers the momentum of all batch norms in stairs as training goes on (published detection).";
        }

        @Override
        public TrainingHook create(Config config, Context context) {
            return new NormMomentum(config, context.network());
        }
    }

    private final Config config;
    private final List<BatchNorm> norms;

    /** @throws IllegalArgumentException when the network has no batch norm */
    public NormMomentum(Config config, Module network) {
        this.config = config;
        norms = network.modules().values().stream()
                .filter(BatchNorm.class::isInstance)
                .map(BatchNorm.class::cast)
                .toList();
        if (norms.isEmpty()) {
            throw new IllegalArgumentException(
                    "the hook 'norm-momentum' is of no use: the network has no batch norm; leave it out");
        }
    }

    @Override
    public void beforeStep(TrainingStep step) {
        Momentum momentum = Momentum.ofBatch(config.at(step.at()));
        norms.forEach(norm -> norm.momentum(momentum));
    }
}
