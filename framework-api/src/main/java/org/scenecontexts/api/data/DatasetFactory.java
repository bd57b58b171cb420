package org.scenecontexts.api.data;

import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a data set that pipelines can name under {@code data:}.
 *
 * @since 0.1
 */
public interface DatasetFactory<C extends Record> extends Factory<C, BuildContext, Dataset> {

    @Override
    default Class<Dataset> product() {
        return Dataset.class;
    }
}
