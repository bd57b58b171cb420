package org.scenecontexts.runtime.pipeline;

import java.util.List;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.train.TrainingHook;
import org.scenecontexts.api.train.TrainingHookFactory;

/**
 * What hooks say about themselves before they exist.
 *
 * @since 0.1
 */
public final class HookChoices {

    private HookChoices() {}

    /** The hooks with which a training gives other bytes than without them. */
    public static List<Choice<TrainingHookFactory.Context, TrainingHook>> steering(TrainStage stage) {
        return stage.hooks().stream().filter(hook -> !observes(hook)).toList();
    }

    /** Whether a choice is that of a hook that only looks. */
    public static boolean observes(Choice<?, ?> hook) {
        return hook.factory() instanceof TrainingHookFactory<?> factory && observes(factory, hook.config());
    }

    /** Whether a hook is of no use without validation. */
    static boolean needsValidation(Choice<TrainingHookFactory.Context, TrainingHook> hook) {
        return hook.factory() instanceof TrainingHookFactory<?> factory && needsValidation(factory, hook.config());
    }

    private static <C extends Record> boolean observes(TrainingHookFactory<C> factory, Record config) {
        return factory.observes(factory.configType().cast(config));
    }

    private static <C extends Record> boolean needsValidation(TrainingHookFactory<C> factory, Record config) {
        return factory.needsValidation(factory.configType().cast(config));
    }
}
