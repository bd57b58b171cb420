package org.scenecontexts.api.config;

import java.util.Objects;
import org.scenecontexts.api.plugin.Factory;

/**
 * A plugin chosen in a pipeline together with its configuration: what {@code loss: {type: cross-entropy, smoothing: 0.1}}
 * becomes.
 *
 * <p>A configuration record that lets its user choose a plugin declares a component of this type. The framework finds
 * the factories whose {@link Factory#product()} is a {@code T}, checks {@code type:} against their names and binds the
 * other keys to the configuration of the one chosen. A bare text ({@code loss: cross-entropy}) chooses with defaults.
 *
 * @param factory the chosen factory
 * @param config its configuration, already validated
 * @param <X> what the factory needs to create its product
 * @param <T> what the factory creates
 * @since 0.1
 */
public record Choice<X, T>(Factory<?, X, T> factory, Record config) {

    public Choice {
        Objects.requireNonNull(factory, "factory");
        if (!factory.configType().isInstance(config)) {
            throw new IllegalArgumentException("plugin '" + factory.name() + "' is configured by "
                    + factory.configType().getName() + ", found "
                    + (config == null ? "null" : config.getClass().getName()));
        }
    }

    /** The name used for {@code type:}. */
    public String type() {
        return factory.name();
    }

    /**
     * What {@link Factory#filesFrom} says of this configuration; empty where nobody can know.
     *
     * @since 0.2
     */
    public String filesFrom() {
        return filesFrom(factory);
    }

    private <C extends Record> String filesFrom(Factory<C, X, T> typed) {
        return typed.filesFrom(typed.configType().cast(config));
    }

    /** Creates the product. */
    public T create(X context) {
        return create(factory, context);
    }

    private <C extends Record> T create(Factory<C, X, T> typed, X context) {
        return typed.create(typed.configType().cast(config), context);
    }
}
