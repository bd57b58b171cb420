package org.scenecontexts.runtime.config;

import org.scenecontexts.api.plugin.Factory;

/**
 * A factory together with the plugin that brought it.
 *
 * @param plugin id of the plugin
 * @param version version of the plugin
 * @since 0.1
 */
public record Registered(String plugin, String version, Factory<?, ?, ?> factory) {

    /** The name for {@code type:}. */
    public String name() {
        return factory.name();
    }

    /** The name that no other plugin can have. */
    public String qualifiedName() {
        return plugin + "/" + factory.name();
    }
}
