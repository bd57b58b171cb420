package org.scenecontexts.runtime.guard;

import java.util.Locale;
import org.scenecontexts.api.data.Dataset;

/**
 * A part that a plugin brought, as messages name it.
 *
 * @param noun what it is: {@code backbone}
 * @param type its name in pipelines
 * @param plugin id of the plugin
 * @param version version of the plugin
 * @since 0.1
 */
public record PluginPart(String noun, String type, String plugin, String version) {

    /** The noun of what a factory makes: {@code classification loss} for {@code ClassificationLoss}. */
    static String noun(Class<?> product) {
        return product == Dataset.class
                ? "data set"
                : product.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** {@code backbone 'res16unet14a' of plugin 'plugin-sparseconv' 0.1.0}. */
    @Override
    public String toString() {
        return noun + " '" + type + "' of plugin '" + plugin + "' " + version;
    }
}
