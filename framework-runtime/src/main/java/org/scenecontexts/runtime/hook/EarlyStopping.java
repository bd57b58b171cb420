package org.scenecontexts.runtime.hook;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.train.Measurement;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;
import org.scenecontexts.api.train.TrainingRun;

/**
 * Ends a training whose measurements no longer get better, which with few labels is long before its last step.
 *
 * <p>The schedule of the learning rate does not know: it is made for all the steps that the stage asks for.
 *
 * @since 0.1
 */
public final class EarlyStopping implements TrainingHook {

    private static final String BEST = "best";
    private static final String SINCE = "since";

    /** Configuration. */
    public record Config(
            @Doc("The figure to look at; the one that chooses the best checkpoint when left out.")
            Optional<String> metric,

            @Doc("Whether the best is the highest or the lowest.") @Default("highest")
            Goal goal,

            @Doc("Measurements without a better one after which training ends.") @Default("10") @Min(1)
            int patience,

            @Doc("How much better a measurement must be to count as better.") @Default("0") @Min(0)
            double margin) {}

    /** Offers it as {@code type: early-stopping}. */
    @Extension
    public static final class Factory implements TrainingHookFactory<Config> {
        @Override
        public String name() {
            return "early-stopping";
        }

        @Override
        public String summary() {
            return "Ends the training when its measurements have not got better for a while.";
        }

        @Override
        public boolean needsValidation(Config config) {
            return true;
        }

        @Override
        public TrainingHook create(Config config, Context context) {
            return new EarlyStopping(config);
        }
    }

    private final Config config;
    private Optional<TrainingRun> run = Optional.empty();
    private double best = Double.NaN;
    private int since;

    public EarlyStopping(Config config) {
        this.config = config;
    }

    @Override
    public void begin(TrainingRun newRun) {
        run = Optional.of(newRun);
    }

    @Override
    public void measured(Measurement measurement) {
        String metric = config.metric().orElse(measurement.leading());
        double value = measurement.figure(metric);
        if (config.goal().better(value, best, config.margin())) {
            best = value;
            since = 0;
            return;
        }
        since++;
        if (since >= config.patience()) {
            String reason = String.format(
                    Locale.ROOT, "%s was %.4f at best and not better in %d measurements", metric, best, since);
            run.ifPresent(r -> r.stop(reason));
        }
    }

    @Override
    public Map<String, String> notes() {
        return Map.of(BEST, Double.toString(best), SINCE, Integer.toString(since));
    }

    @Override
    public void restore(Map<String, String> notes) {
        best = Double.parseDouble(notes.get(BEST));
        since = Integer.parseInt(notes.get(SINCE));
    }
}
