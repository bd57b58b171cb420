package org.scenecontexts.api.task;

import java.util.Set;
import org.scenecontexts.api.backbone.Capability;
import org.scenecontexts.api.data.ScenePart;
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
     * What the task predicts for a scene; nothing for one whose loss on held-out data says how well it does. A benchmark
     * that takes something else is refused before the pipeline runs.
     */
    Set<Prediction.Part> gives(C config);

    /**
     * What the loss compares with: data without is refused, before the pipeline runs where that is known, and as soon as it
     * shows elsewhere; batches without are neither learnt from nor measured.
     */
    default Set<ScenePart> needs(C config) {
        return Set.of();
    }

    /**
     * What stands before the names of the backbone's tensors in files that others publish for this task, such as
     * {@code backbone_net.}; empty where they stand on one level with the head's. Such files load by it, and
     * {@code csc weights convert --published-names} writes them so.
     */
    default String backbonePrefix(C config) {
        return "";
    }

    /**
     * How the names of those of the head's tensors begin that stand under {@link #backbonePrefix} too, such as {@code
     * final.}: the published program counts its sparse network's last layer among the backbone's.
     *
     * @since 0.2
     */
    default Set<String> headUnderPrefix(C config) {
        return Set.of();
    }

    /** Views that every example must have: 1, or 2 for pair data. */
    default int views(C config) {
        return 1;
    }
}
