package org.scenecontexts.api.plugin;

import java.util.Map;
import org.pf4j.ExtensionPoint;

/**
 * What every extension point has in common: a name to write in YAML, a configuration record, and a way to create the
 * product.
 *
 * <p>Factories are found by PF4J ({@code @Extension}) or by {@link java.util.ServiceLoader}. They have a public
 * constructor without arguments, hold no state, and are cheap to construct: all of them are constructed to list them.
 *
 * @param <C> the configuration: a record whose components are the YAML keys ({@code weightDecay} is written
 *     {@code weight-decay}); defaults and constraints are annotations of {@code org.scenecontexts.api.config}. Components
 *     may be of primitive types, {@code String}, {@code java.nio.file.Path}, enums, records, {@code List}, {@code Map}
 *     with text keys, {@code Optional} of these, and {@link org.scenecontexts.api.config.Choice}
 * @param <X> what is needed besides the configuration
 * @param <T> what is created
 * @since 0.1
 */
public interface Factory<C extends Record, X, T> extends ExtensionPoint {

    /** The name for {@code type:}, in lower-case words joined by hyphens, e.g. {@code res16unet34c}. */
    String name();

    /** One line for listings: what it is and when to choose it. */
    String summary();

    /** What this factory creates; fixed by each extension point. */
    Class<T> product();

    /** The configuration record; found from the type argument unless overridden. */
    @SuppressWarnings("unchecked")
    default Class<C> configType() {
        return (Class<C>) ConfigTypes.of(getClass());
    }

    /**
     * Creates the product.
     *
     * @param config the validated configuration
     * @param context what the framework lends
     */
    T create(C config, X context);

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

    /**
     * Names that are no longer written, each with the sentence that says what to write now: told where a pipeline has one of
     * them and nothing else of that name is there.
     *
     * @since 0.2
     */
    default Map<String, String> formerNames() {
        return Map.of();
    }

    /**
     * Keys that the configuration no longer has, each with the sentence that says what to write now.
     *
     * @since 0.2
     */
    default Map<String, String> formerKeys() {
        return Map.of();
    }
}
