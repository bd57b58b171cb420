package org.scenecontexts.api.data;

import org.scenecontexts.api.config.Choice;
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

    /** What is known of the data before it is made; a pipeline whose parts do not fit is refused by it. */
    default DataOutline outline(C config) {
        return DataOutline.unknown();
    }

    /**
     * Looks, before any stage of a pipeline runs, whether the data is there; quick, and without reading examples. That
     * files and folders of the configuration exist has been checked.
     *
     * @throws CloudException when it is not; the message names file, place and remedy
     */
    default void requireFiles(C config, BuildContext context) {}

    /**
     * Looks whether the data of a chosen data set is there, as {@link #requireFiles} does: for data sets that are made of
     * another one.
     *
     * @throws CloudException when it is not; the message names file, place and remedy
     * @since 0.2
     */
    static void requireFilesOf(Choice<BuildContext, Dataset> choice, BuildContext context) {
        if (choice.factory() instanceof DatasetFactory<?> factory) {
            requireFilesOf(factory, choice.config(), context);
        }
    }

    private static <C extends Record> void requireFilesOf(
            DatasetFactory<C> factory, Record config, BuildContext context) {
        factory.requireFiles(factory.configType().cast(config), context);
    }
}
