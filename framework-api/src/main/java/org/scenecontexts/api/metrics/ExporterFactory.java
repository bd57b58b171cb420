package org.scenecontexts.api.metrics;

import java.util.Set;
import org.scenecontexts.api.plugin.Factory;
import org.scenecontexts.api.task.Prediction;

/**
 * Extension point: a format of predictions that {@code predict} stages can name under {@code export:}.
 *
 * @since 0.2
 */
public interface ExporterFactory<C extends Record> extends Factory<C, BenchmarkFactory.Context, Exporter> {

    @Override
    default Class<Exporter> product() {
        return Exporter.class;
    }

    /** What it takes of what a task predicts; a task that does not give all of it is refused before the pipeline runs. */
    Set<Prediction.Part> takes(C config);
}
