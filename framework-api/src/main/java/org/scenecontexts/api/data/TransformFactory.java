package org.scenecontexts.api.data;

import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a transform that pipelines can name under {@code transforms:}.
 *
 * @since 0.1
 */
public interface TransformFactory<C extends Record> extends Factory<C, BuildContext, Transform> {

    @Override
    default Class<Transform> product() {
        return Transform.class;
    }
}
