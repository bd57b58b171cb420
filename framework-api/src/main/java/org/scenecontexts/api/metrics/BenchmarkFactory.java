package org.scenecontexts.api.metrics;

import java.util.Set;
import org.scenecontexts.api.data.SceneClasses;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.task.Prediction;

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

    /** What it takes of what a task predicts; a task that does not give all of it is refused before the pipeline runs. */
    Set<Prediction.Part> takes(C config);

    /**
     * What the figures compare with: an evaluation of data without is refused, unless it only exports.
     */
    default Set<ScenePart> needs(C config) {
        return Set.of();
    }

    /** The figure that tells the best of several checkpoints, e.g. {@code miou}; larger is better. */
    String leadingFigure();
}
