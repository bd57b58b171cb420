package org.scenecontexts.api.train;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a hook that pipelines can name under {@code hooks:} of a {@code train} stage.
 *
 * @since 0.1
 */
public interface TrainingHookFactory<C extends Record> extends Factory<C, TrainingHookFactory.Context, TrainingHook> {

    /** What the framework lends to a hook. */
    interface Context extends BuildContext {

        /** Where tensors live. */
        TensorEngine engine();

        /** Backbone and head, under the names of checkpoints; not yet with the values to start from. */
        Module network();
    }

    @Override
    default Class<TrainingHook> product() {
        return TrainingHook.class;
    }

    /**
     * Whether the hook only looks: with and without it a training gives the same bytes. Such a hook may be added, changed
     * and taken out without a training starting over. A hook that says so must not write to network, gradients or rates.
     */
    default boolean observes(C config) {
        return false;
    }

    /** Whether the hook is of no use without {@code validation:}; a pipeline that leaves it out is then refused. */
    default boolean needsValidation(C config) {
        return false;
    }
}
