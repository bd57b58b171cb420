package org.scenecontexts.runtime.hook;

import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.api.train.TrainingRun;
import org.scenecontexts.api.train.TrainingStep;

/**
 * Ends a training after its first steps, so that devices, seeds or machines can be compared over the beginning of a long one:
 * fewer {@code iterations} would squeeze the schedule of the learning rate, which here stays that of the whole training.
 *
 * @since 0.2
 */
public final class StopAfter implements TrainingHook {

    /** Configuration. */
    public record Config(
            @Doc(
                    "Step after which the training ends, finished as if it had been the last; counted from the first of all.")
            @Min(1)
            int iteration) {}

    /** Offers it as {@code type: stop-after}. */
    @Extension
    public static final class Factory implements TrainingHookFactory<Config> {
        @Override
        public String name() {
            return "stop-after";
        }

        @Override
        public String summary() {
            return "Ends the training after its first steps, with the learning rates of the whole.";
        }

        @Override
        public TrainingHook create(Config config, Context context) {
            return new StopAfter(config);
        }
    }

    private final Config config;
    private Optional<TrainingRun> run = Optional.empty();

    /** @param config where to end */
    public StopAfter(Config config) {
        this.config = config;
    }

    @Override
    public void begin(TrainingRun newRun) {
        run = Optional.of(newRun);
        stopFrom(newRun.start().iteration());
    }

    @Override
    public void afterStep(TrainingStep step) {
        stopFrom(step.at().iteration());
    }

    private void stopFrom(long iteration) {
        if (iteration >= config.iteration()) {
            run.ifPresent(r -> r.stop("'stop-after' asks for " + config.iteration() + " steps"));
        }
    }
}
