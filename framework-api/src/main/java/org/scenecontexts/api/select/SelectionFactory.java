package org.scenecontexts.api.select;

import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a way of choosing points to label that pipelines can name under {@code select: {method: ...}}.
 *
 * @since 0.1
 */
public interface SelectionFactory<C extends Record> extends Factory<C, BuildContext, Selection> {

    @Override
    default Class<Selection> product() {
        return Selection.class;
    }

    /** Whether the choice depends on features, so that the stage must name a model. */
    default boolean needsFeatures(C config) {
        return false;
    }
}
