package org.scenecontexts.api.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.Backbone;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.Example;
import org.scenecontexts.api.data.PointPipeline;
import org.scenecontexts.api.data.Sample;
import org.scenecontexts.api.metrics.Report;
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
     * @return for each sample what the factory says that the task gives, {@link TaskFactory#gives}
     * @throws UnsupportedOperationException when the task makes no predictions (pre-training)
     */
    List<ScenePrediction> predict(Backbone backbone, Batch batch);

    /**
     * The features of a batch of pairs, and which rows of the two views are the same place: what the picture in the report of a
     * pre-training is made of. The framework has switched to evaluation mode and off recording.
     *
     * @return empty for a task that compares no views
     * @since 0.2
     */
    default Optional<MatchedViews> matchedViews(Backbone backbone, Batch batch) {
        return Optional.empty();
    }

    /**
     * How predictions of overlapping parts of a scene become one ({@code blocks} and {@code tta} of evaluations and
     * predictions). A task that gives more than labels and values has to say it; without, blocks are refused for it.
     *
     * @since 0.2
     */
    default Joining joining() {
        return new Joining.Averages();
    }

    /**
     * Why the predictions since the last call are as they are, e.g. at which stage objects were left out. Asking forgets it.
     * An evaluation prints and writes these tables beside those of its benchmarks; a prediction prints them.
     *
     * @since 0.2
     */
    default List<Report.Table> diagnosis() {
        return List.of();
    }

    /**
     * Few short facts that this task measured while it was trained and needs where it is used, e.g. how large objects are.
     * Every checkpoint keeps them as text, so a training that was interrupted must come to the same ones: {@code
     * Double.toString} loses nothing.
     *
     * @since 0.2
     */
    default Map<String, String> notes() {
        return Map.of();
    }

    /**
     * Takes over what {@link #notes} gave when the checkpoint was written, before the task is used or trained on; not called
     * with a file that has none, such as a published one.
     *
     * @since 0.2
     */
    default void restore(Map<String, String> notes) {}
}
