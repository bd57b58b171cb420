package org.scenecontexts.api.train;

import java.util.List;
import java.util.Map;
import org.scenecontexts.api.nn.Parameter;
import org.scenecontexts.api.nn.StateEntry;

/**
 * Looks at a training or steers it, so that neither trackers nor methods such as averaged weights need a training loop of
 * their own.
 *
 * <p>Every method is called by the training thread, and hooks are called in the order of the list {@code hooks:}, one after
 * the other. Of one training, in this order:
 *
 * <ol>
 *   <li>{@link #restore} when an earlier process was interrupted, then {@link #begin};
 *   <li>per step: {@link #beforeStep}; then the forward and backward passes, with {@link #gradientComplete} for every
 *       parameter in the last of them; {@link #beforeUpdate}; the optimizer's step; {@link #afterStep};
 *   <li>{@link #measured} after the steps that end in a measurement, the last one included;
 *   <li>{@link #checkpoint}, {@link #notes} and {@link #state} when a checkpoint to resume from is written;
 *   <li>{@link #end}, or {@link #failed} instead.
 * </ol>
 *
 * <p>Whenever the network is measured or written for users, {@link #beforeUse} comes before and {@link #afterUse}, in reverse
 * order, after it. A hook that throws ends the training, with its name in the message.
 *
 * <p>A training that was interrupted must go on to the same bytes: what a hook needs for that is in {@link #state} and {@link
 * #notes}, or follows from the {@link TrainingProgress}.
 *
 * @since 0.1
 */
public interface TrainingHook {

    /** Before the first step that this process makes; the network has its first, or resumed, values. */
    default void begin(TrainingRun run) {}

    /** Before the passes of a step: the place to set what holds for it, the learning rate included. */
    default void beforeStep(TrainingStep step) {}

    /**
     * The gradient of a parameter is complete: every use of it, parts that are run again and all accumulated passes are
     * in. Comes while the last backward pass still runs, nearest to the loss first, so that work on gradients can begin
     * early; at the latest before {@link #beforeUpdate}. Parameters without a gradient in this step are left out.
     *
     * @param name dotted name as in checkpoints
     * @param parameter has its gradient; may be written to
     */
    default void gradientComplete(TrainingStep step, String name, Parameter parameter) {}

    /** All gradients are there and finite, no parameter has moved: the place to change gradients. */
    default void beforeUpdate(TrainingStep step) {}

    /** After the optimizer's step, whose gradients are forgotten. */
    default void afterStep(TrainingStep step) {}

    /** After a measurement on the validation data. */
    default void measured(Measurement measurement) {}

    /**
     * Before the network is measured or written for users: a hook may put other values in place, such as averaged weights.
     * Then {@code best}, {@code last}, predictions and exports have those.
     */
    default void beforeUse() {}

    /** After what {@link #beforeUse} announced, also when it has failed: the values being trained must be back. */
    default void afterUse() {}

    /** A checkpoint to resume from is about to be written. */
    default void checkpoint(TrainingProgress at) {}

    /** All steps are made and the last files are written. */
    default void end(TrainingEnd end) {}

    /**
     * The training has stopped in the middle, through an error or because the user asked for it; the same call again may go
     * on from the newest checkpoint.
     *
     * @param at the step in which it happened
     */
    default void failed(TrainingProgress at, Throwable failure) {}

    /**
     * Numbers that checkpoints to resume from keep, with live arrays: they have the saved values again before {@link
     * #begin}. Names and shapes are those of the construction. A {@link org.scenecontexts.api.nn.Module} of its own is
     * where a hook gets them from.
     */
    default List<StateEntry> state() {
        return List.of();
    }

    /** Few short facts that checkpoints to resume from keep as text; {@code Double.toString} loses nothing. */
    default Map<String, String> notes() {
        return Map.of();
    }

    /** Takes over what {@link #notes} gave when the checkpoint was written. */
    default void restore(Map<String, String> notes) {}
}
