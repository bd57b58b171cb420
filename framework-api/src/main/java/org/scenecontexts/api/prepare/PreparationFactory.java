package org.scenecontexts.api.prepare;

import org.scenecontexts.api.plugin.BuildContext;
import org.scenecontexts.api.plugin.Factory;

/**
 * Extension point: a preparation that pipelines can name under {@code prepare:}.
 *
 * <p>Folders and files of the configuration that the preparation writes are marked with
 * {@link org.scenecontexts.api.config.WritesFile}.
 *
 * @since 0.1
 */
public interface PreparationFactory<C extends Record> extends Factory<C, BuildContext, Preparation> {

    @Override
    default Class<Preparation> product() {
        return Preparation.class;
    }
}
