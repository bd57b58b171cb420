package org.scenecontexts.api.metrics;

import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: metrics and submission files that pipelines can name under {@code benchmark:}.
 *
 * @since 0.1
 */
public interface BenchmarkFactory<C extends Record> extends Factory<C, BenchmarkFactory.Context, Benchmark> {

    /** What the framework lends to a benchmark. */
    interface Context extends BuildContext {
        /** The classes of the evaluated data set. */
        SceneClasses classes();
    }

    @Override
    default Class<Benchmark> product() {
        return Benchmark.class;
    }

    /**
     * Whether the figures compare with labels of points: then an evaluation of data without labels is refused, unless it
     * only exports.
     */
    default boolean needsLabels(C config) {
        return false;
    }

    /** The figure that tells the best of several checkpoints, e.g. {@code miou}; larger is better. */
    String leadingFigure();
}
