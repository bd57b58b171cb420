package org.scenecontexts.contrastive;

import java.lang.reflect.InvocationTargetException;
import org.scenecontexts.api.engine.VectorApi;

/**
 * Finds the vectorised twin of a piece of plain code, where this machine's Java has the incubating vector module and
 * {@code -Dcsc.simd=scalar} does not forbid it.
 */
public final class SimdChoice {

    private SimdChoice() {}

    /**
     * The vectorised twin, or the plain code itself.
     *
     * @param type what both implement
     * @param name class of the twin; it has a public constructor that takes the plain code, and is named rather than
     *     referred to because it cannot be loaded without the module
     * @param scalar the plain code
     * @param given type of the constructor's parameter
     */
    public static <T, S extends T> T best(Class<T> type, String name, S scalar, Class<? super S> given) {
        if (!VectorApi.isUsable()) {
            return scalar;
        }
        try {
            return type.cast(Class.forName(name).getConstructor(given).newInstance(scalar));
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(
                    "the vectorised " + name + " of plugin-contrastive cannot be loaded: " + e, e);
        }
    }
}
