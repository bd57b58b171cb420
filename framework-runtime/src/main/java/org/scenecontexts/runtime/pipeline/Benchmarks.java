package org.scenecontexts.runtime.pipeline;

import java.util.Set;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.metrics.BenchmarkFactory;
import org.scenecontexts.api.metrics.ExporterFactory;
import org.scenecontexts.api.task.Prediction;

/**
 * Asks chosen benchmarks what they need.
 *
 * @since 0.1
 */
public final class Benchmarks {

    private Benchmarks() {}

    /** What the figures of a benchmark compare with. */
    public static Set<ScenePart> needs(Choice<?, ?> choice) {
        return choice.factory() instanceof BenchmarkFactory<?> factory ? needs(factory, choice.config()) : Set.of();
    }

    /** What a benchmark takes of what a task predicts. */
    public static Set<Prediction.Part> takes(Choice<?, ?> choice) {
        return choice.factory() instanceof BenchmarkFactory<?> factory ? takes(factory, choice.config()) : Set.of();
    }

    /** What an exporter takes of what a task predicts. */
    public static Set<Prediction.Part> takesToExport(Choice<?, ?> choice) {
        return choice.factory() instanceof ExporterFactory<?> factory ? takes(factory, choice.config()) : Set.of();
    }

    private static <C extends Record> Set<Prediction.Part> takes(ExporterFactory<C> factory, Record config) {
        return factory.takes(factory.configType().cast(config));
    }

    private static <C extends Record> Set<ScenePart> needs(BenchmarkFactory<C> factory, Record config) {
        return factory.needs(factory.configType().cast(config));
    }

    private static <C extends Record> Set<Prediction.Part> takes(BenchmarkFactory<C> factory, Record config) {
        return factory.takes(factory.configType().cast(config));
    }
}
