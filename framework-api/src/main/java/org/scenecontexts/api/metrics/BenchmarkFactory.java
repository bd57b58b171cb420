package org.scenecontexts.api.metrics;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /**
     * Who reads the submission files of this benchmark again and counts them; empty where it has none, or does not read them.
     *
     * @param folder of the files: where {@link Benchmark#prepareExport} was told to write, or the one inside it that is submitted
     * @throws org.scenecontexts.api.data.CloudException when the folder holds nothing of the kind
     * @since 0.2
     */
    default Optional<SubmissionScorer> scorer(C config, Path folder, Context context) {
        return Optional.empty();
    }

    /**
     * One report over evaluations of different scenes, such as the folds of a cross-validation, as if they had been one; empty
     * where the figures of all do not follow from the reports of the parts.
     *
     * @param parts reports of this benchmark, read from files: every number of a table is a {@link Double}, empty cells are NaN
     * @since 0.2
     */
    default Optional<Report> joined(C config, List<Report> parts) {
        return Optional.empty();
    }

    /** The figure that tells the best of several checkpoints, e.g. {@code miou}; larger is better. */
    String leadingFigure();
}
