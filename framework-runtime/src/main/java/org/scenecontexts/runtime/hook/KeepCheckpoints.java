package org.scenecontexts.runtime.hook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.scenecontexts.api.train.TrainingStep;

/**
 * Keeps more of a training than its last and best state: one in so many steps, and the best by each of several figures.
 *
 * @since 0.1
 */
public final class KeepCheckpoints implements TrainingHook {

    /** Configuration. */
    public record Config(
            @Doc("Iterations between two checkpoints that are kept, as checkpoints/iteration-N; none when left out.")
            @Min(1)
            Optional<Integer> every,

            @Doc("How many of these are kept, the newest ones; all when left out.") @Min(1)
            Optional<Integer> newest,

            @Doc("Figures of which the best checkpoint is kept, as checkpoints/best-FIGURE: highest or lowest.")
            @Default("{}")
            Map<String, Goal> best) {

        /** @throws IllegalArgumentException when nothing would be kept */
        public Config {
            best = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(best));
            if (every.isEmpty() && best.isEmpty()) {
                throw new IllegalArgumentException(
                        "keep-checkpoints keeps nothing; give it 'every: 1000' or 'best: {miou: highest}'");
            }
            if (every.isEmpty() && newest.isPresent()) {
                throw new IllegalArgumentException("'newest' says how many of 'every' are kept; give 'every' too");
            }
        }
    }

    /** Offers it as {@code type: keep-checkpoints}. */
    @Extension
    public static final class Factory implements TrainingHookFactory<Config> {
        @Override
        public String name() {
            return "keep-checkpoints";
        }

        @Override
        public String summary() {
            return "Keeps every n-th checkpoint, and the best ones by several figures.";
        }

        @Override
        public boolean needsValidation(Config config) {
            return !config.best().isEmpty();
        }

        @Override
        public TrainingHook create(Config config, Context context) {
            return new KeepCheckpoints(config);
        }
    }

    private final Config config;
    private final Map<String, Double> best = new HashMap<>();
    private Optional<TrainingRun> run = Optional.empty();

    public KeepCheckpoints(Config config) {
        this.config = config;
    }

    @Override
    public void begin(TrainingRun newRun) {
        run = Optional.of(newRun);
    }

    @Override
    public void afterStep(TrainingStep step) {
        long iteration = step.at().iteration();
        if (config.every().isEmpty() || iteration % config.every().get() != 0) {
            return;
        }
        Path written = run.orElseThrow().save(name(iteration), Map.of());
        config.newest()
                .ifPresent(newest -> delete(
                        written, iteration - (long) newest * config.every().get()));
    }

    private static String name(long iteration) {
        return String.format(java.util.Locale.ROOT, "iteration-%07d", iteration);
    }

    /** Follows from the iteration alone, so that a resumed training deletes what the uninterrupted one would have. */
    private static void delete(Path beside, long iteration) {
        try {
            if (iteration > 0) {
                Files.deleteIfExists(beside.resolveSibling(name(iteration) + ".safetensors"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(beside.getParent() + ": an old checkpoint cannot be deleted: " + e, e);
        }
    }

    @Override
    public void measured(Measurement measurement) {
        config.best().forEach((figure, goal) -> {
            double value = measurement.figure(figure);
            if (goal.better(value, best.getOrDefault(figure, Double.NaN), 0)) {
                best.put(figure, value);
                run.orElseThrow()
                        .save(
                                "best-" + figure.replaceAll("[^A-Za-z0-9._-]", "_"),
                                Map.of("csc.best." + figure, Double.toString(value)));
            }
        });
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> notes = new HashMap<>();
        best.forEach((figure, value) -> notes.put(figure, Double.toString(value)));
        return notes;
    }

    @Override
    public void restore(Map<String, String> notes) {
        notes.forEach((figure, value) -> best.put(figure, Double.parseDouble(value)));
    }
}
