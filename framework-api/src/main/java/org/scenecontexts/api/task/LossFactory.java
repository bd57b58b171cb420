package org.scenecontexts.api.task;

import org.scenecontexts.api.backbone.ModelContext;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a loss that tasks can name under {@code loss:}.
 *
 * @param <L> the kind of loss, e.g. {@link ClassificationLoss}; a task accepts the losses of its kind
 * @since 0.1
 */
public interface LossFactory<C extends Record, L> extends Factory<C, ModelContext, L> {}
