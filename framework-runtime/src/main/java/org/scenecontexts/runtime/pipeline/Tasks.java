package org.scenecontexts.runtime.pipeline;

import java.util.LinkedHashSet;
import java.util.Set;
import org.scenecontexts.api.config.Choice;
import org.scenecontexts.api.data.ScenePart;
import org.scenecontexts.api.task.Prediction;
import org.scenecontexts.api.task.Task;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.task.TaskFactory;

/**
 * Asks chosen tasks what they need and give.
 *
 * @since 0.2
 */
public final class Tasks {

    private Tasks() {}

    /**
     * What a task says about itself.
     *
     * @param task its name
     * @param views views of every example
     * @param needs what the loss compares with
     * @param gives what it predicts
     * @param prefix what stands before the backbone's names in published files
     * @param underPrefix how the names of the head's tensors begin that stand under it too
     */
    public record Facts(
            String task,
            int views,
            Set<ScenePart> needs,
            Set<Prediction.Part> gives,
            String prefix,
            Set<String> underPrefix) {

        public Facts {
            // In the order of the plugin, for messages.
            needs = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(needs));
            underPrefix = Set.copyOf(underPrefix);
            gives = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(gives));
        }
    }

    /** @throws IllegalStateException when what makes the task is no factory of tasks */
    public static Facts facts(Choice<TaskContext, Task> choice) {
        if (choice.factory() instanceof TaskFactory<?> factory) {
            return facts(factory, choice.config());
        }
        throw new IllegalStateException("plugin '" + choice.type() + "' makes a task but is no TaskFactory");
    }

    private static <C extends Record> Facts facts(TaskFactory<C> factory, Record config) {
        C own = factory.configType().cast(config);
        return new Facts(
                factory.name(),
                factory.views(own),
                factory.needs(own),
                factory.gives(own),
                factory.backbonePrefix(own),
                factory.headUnderPrefix(own));
    }
}
