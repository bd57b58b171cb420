package org.scenecontexts.runtime.pipeline;

import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.metrics.BenchmarkFactory;

/**
 * Asks chosen benchmarks what they need.
 *
 * @since 0.1
 */
public final class Benchmarks {

    private Benchmarks() {}

    /** Whether the figures of a benchmark compare with labels of points. */
    public static boolean needsLabels(Choice<?, ?> choice) {
        return choice.factory() instanceof BenchmarkFactory<?> factory && needsLabels(factory, choice.config());
    }

    private static <C extends Record> boolean needsLabels(BenchmarkFactory<C> factory, Record config) {
        return factory.needsLabels(factory.configType().cast(config));
    }
}
