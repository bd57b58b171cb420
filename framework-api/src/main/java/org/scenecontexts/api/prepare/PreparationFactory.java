package org.scenecontexts.api.prepare;

import org.scenecontexts.api.config.Choice;
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

    /**
     * Where the files that the configuration names come from: a sentence with the page to ask at. Told when one of them is
     * missing.
     *
     * @return empty where nobody can know
     * @since 0.2
     */
    default String filesFrom(C config) {
        return "";
    }

    /** What the factory of a chosen preparation says in {@link #filesFrom}. */
    static String filesFrom(Choice<?, ?> choice) {
        return choice.factory() instanceof PreparationFactory<?> factory ? filesFrom(factory, choice.config()) : "";
    }

    private static <C extends Record> String filesFrom(PreparationFactory<C> factory, Record config) {
        return factory.filesFrom(factory.configType().cast(config));
    }
}
