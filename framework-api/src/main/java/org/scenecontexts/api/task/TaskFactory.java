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

    /** Views that every example must have: 1, or 2 for pair data. */
    default int views(C config) {
        return 1;
    }
}
