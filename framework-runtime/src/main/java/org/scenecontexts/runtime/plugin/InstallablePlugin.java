package org.scenecontexts.runtime.plugin;

import java.util.List;
import java.util.Optional;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * A plugin that the distribution does not carry because of its size, so that a pipeline which names what it offers is told how to
 * get it, not that there is no such thing.
 *
 * @param name for {@code csc plugins install}; the plugin's id is {@code plugin-NAME}
 * @param product what it offers
 * @param offers the name of that
 * @param options of the command, in words; empty where there are none
 * @since 0.2
 */
public record InstallablePlugin(String name, Class<?> product, String offers, String options) {

    /** ND4J's engine. */
    public static final InstallablePlugin ND4J = new InstallablePlugin(
            "nd4j", TensorEngine.class, "nd4j", "with --cuda also what NVIDIA cards up to Ada need");

    /** All that there are. */
    public static final List<InstallablePlugin> ALL = List.of(ND4J);

    /** That which offers a name, plain or with the plugin's id in front. */
    static Optional<InstallablePlugin> offering(Class<?> product, String name) {
        return ALL.stream()
                .filter(plugin -> plugin.product.equals(product))
                .filter(plugin ->
                        name.equals(plugin.offers) || name.equals("plugin-" + plugin.name + "/" + plugin.offers))
                .findFirst();
    }

    /** The words that install it. */
    public String command() {
        return "csc plugins install " + name;
    }

    /** What to do to have it. */
    String remedy() {
        return "run '" + command() + "'" + (options.isEmpty() ? "" : " (" + options + ")")
                + ", which says how much it fetches and asks";
    }
}
