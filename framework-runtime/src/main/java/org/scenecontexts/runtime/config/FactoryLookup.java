package org.scenecontexts.runtime.config;

import java.util.List;
import java.util.Optional;

/**
 * What a binder needs to know of the plugins: which factories there are, and what failed to load.
 *
 * @since 0.1
 */
public interface FactoryLookup {

    /** The factories that create a {@code product}, in a fixed order. */
    List<Registered> factories(Class<?> product);

    /** Plugins that did not load, as {@code plugin 'foo' failed to load because ...}. */
    List<String> failures();

    /** The factories of a name, plain or as {@code plugin-id/name}; several when the name is not unique. */
    default List<Registered> named(Class<?> product, String name) {
        return factories(product).stream()
                .filter(registered -> registered.name().equals(name)
                        || registered.qualifiedName().equals(name))
                .toList();
    }

    /**
     * How to get what no plugin here offers, where that is known.
     *
     * @return what to do, as {@code run '...'}
     * @since 0.2
     */
    default Optional<String> remedy(Class<?> product, String name) {
        return Optional.empty();
    }
}
