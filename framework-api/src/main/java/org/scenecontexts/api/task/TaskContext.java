package org.scenecontexts.api.task;

import org.scenecontexts.api.backbone.ModelContext;

/**
 * What the framework lends to a task.
 *
 * @since 0.1
 */
public interface TaskContext extends ModelContext {

    /** Width of the backbone's features. */
    int featureChannels();
}
