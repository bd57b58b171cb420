package org.scenecontexts.api.task;

import java.util.List;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;

/**
 * How what a task says about overlapping parts of a scene, or about a scene seen several times (turned, mirrored), becomes one
 * prediction, so that scenes larger than memory are cut into blocks by one mechanism for all tasks.
 *
 * <p>The parts, their weights and the way back from a turned view are the framework's business; a task says which of its
 * numbers may be averaged, and what follows from the averages.
 *
 * @see Task#joining
 * @since 0.2
 */
public sealed interface Joining {

    /**
     * Classes from averaged scores, and averaged values: for tasks that give labels and values alone, whose predictions have
     * everything that is needed. A scene of any size is finished piece by piece.
     */
    record Averages() implements Joining {}

    /**
     * For tasks whose predictions follow from numbers of the sampled rows, which are averaged: objects that are groups of
     * points, say. The rows of the whole scene are kept until the last part is done.
     */
    non-sealed interface Rows extends Joining {

        /** Numbers per row, W. */
        int width();

        /**
         * The first of each three columns that are a vector in the scene's axes, metres, such as an offset: a view that is
         * turned gives turned vectors, which are turned back before they are averaged.
         */
        default List<Integer> vectors() {
            return List.of();
        }

        /**
         * The numbers for a batch, whatever its samples are: evaluation mode, nothing is recorded.
         *
         * @return {@code [M, W]}
         */
        float[] values(Backbone backbone, Batch batch);

        /**
         * The prediction that follows.
         *
         * @param scene the whole scene, original points
         * @param points the rows of all parts, each once
         * @param values averages, {@code [M, W]}
         */
        ScenePrediction predict(Scene scene, SampledPoints points, float[] values);
    }

    /**
     * For tasks that give boxes alone: all that were found in all parts, those that a neighbouring part sees better left out,
     * become one list.
     */
    @FunctionalInterface
    non-sealed interface Boxes extends Joining {

        /** The boxes without those that are the same object seen again. */
        List<ScenePrediction.ScoredBox> join(List<ScenePrediction.ScoredBox> found);
    }
}
