package org.scenecontexts.runtime.hook;

import org.pf4j.Extension;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Positive;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.api.train.TrainingStep;

/**
 * Keeps single bad batches from throwing a training off, by shortening long gradients (Pascanu et al., On the difficulty of
 * training recurrent neural networks, 2013).
 *
 * @since 0.1
 */
public final class ClipGradients implements TrainingHook {

    /** Configuration. */
    public record Config(
            @Doc("Largest length of the whole gradient; longer ones are scaled down to it.") @Positive
            double norm) {}

    /** Offers it as {@code type: clip-gradients}. */
    @Extension
    public static final class Factory implements TrainingHookFactory<Config> {
        @Override
        public String name() {
            return "clip-gradients";
        }

        @Override
        public String summary() {
            return "Scales the whole gradient down where it is longer than a limit.";
        }

        @Override
        public TrainingHook create(Config config, Context context) {
            return new ClipGradients(config);
        }
    }

    private final Config config;

    public ClipGradients(Config config) {
        this.config = config;
    }

    @Override
    public void beforeUpdate(TrainingStep step) {
        step.gradients().limit(config.norm());
    }
}
