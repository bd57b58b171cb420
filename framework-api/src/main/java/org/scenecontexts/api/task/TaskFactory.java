package org.scenecontexts.api.task;

import java.util.Set;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a task that pipelines can name under {@code task:}.
 *
 * @since 0.1
 */
public interface TaskFactory<C extends Record> extends Factory<C, TaskContext, Task> {

    @Override
    default Class<Task> product() {
        return Task.class;
    }

    /** What this task needs from the backbone. */
    default Set<Capability> requires(C config) {
        return Set.of(Capability.POINT_FEATURES);
    }

    /**
     * Whether the loss compares with labels of points: then data without labels is refused, before the pipeline runs where
     * that is known, and as soon as it shows elsewhere.
     */
    default boolean needsLabels(C config) {
        return false;
    }

    /**
     * Whether the task makes predictions. One that does not cannot be measured by a benchmark; its loss on held-out data
     * says how well it does.
     */
    default boolean predicts(C config) {
        return true;
    }

    /** Views that every example must have: 1, or 2 for pair data. */
    default int views(C config) {
        return 1;
    }
}
