package org.scenecontexts.api.task;

import java.util.List;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.train.TrainingProgress;

/**
 * What a network is trained for: the head on top of a backbone, its targets, its loss and its predictions.
 *
 * <p>A task drives the backbone itself, so that one forward pass (segmentation), two (pre-training on pairs) or a
 * selection of seeds (detection) are all the same to the framework.
 *
 * @since 0.1
 */
public interface Task {

    /** The trained part on top of the backbone; may have no parameters. */
    Module module();

    /**
     * Makes an example ready, in a loader thread: sampling, and whatever targets can be computed from the points alone.
     *
     * @param random chance that depends on the seed and the number of the sample only
     */
    default Sample prepare(Example example, PointPipeline pipeline, RandomGenerator random) {
        return Sample.of(
                example,
                example.views().stream()
                        .map(view -> pipeline.sample(view, random))
                        .toList());
    }

    /**
     * Told before the passes of every optimizer step, for losses and targets that change as training goes on. Comes before
     * the first {@link #loss} of a resumed training too; measurements come without.
     */
    default void beforeStep(TrainingProgress progress) {}

    /** The loss of a batch in training mode. */
    LossResult loss(Backbone backbone, Batch batch);

    /**
     * The predictions for every sample of a batch. The framework has switched to evaluation mode and off recording.
     *
     * @throws UnsupportedOperationException when the task makes no predictions (pre-training)
     */
    List<ScenePrediction> predict(Backbone backbone, Batch batch);
}
