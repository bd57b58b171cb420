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
     * Where the files that the configuration names come from: a sentence with the page to ask at, and what makes them ready. Told
     * when one of them is missing.
     *
     * @return empty where nobody can know
     * @since 0.2
     */
    default String filesFrom(C config) {
        return "";
    }

    /** What the factory of a chosen data set says in {@link #filesFrom}. */
    static String filesFrom(Choice<?, ?> choice) {
        return choice.factory() instanceof DatasetFactory<?> factory ? filesFrom(factory, choice.config()) : "";
    }

    private static <C extends Record> String filesFrom(DatasetFactory<C> factory, Record config) {
        return factory.filesFrom(factory.configType().cast(config));
    }
}
