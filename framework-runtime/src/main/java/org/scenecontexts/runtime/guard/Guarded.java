package org.scenecontexts.runtime.guard;

/**
 * A part of a plugin behind its guard.
 *
 * @since 0.1
 */
public interface Guarded {

    /** Who is behind it. */
    PluginPart part();

    /** How messages name a part: with its plugin where that is known. */
    static String name(Object part) {
        return part instanceof Guarded guarded
                ? guarded.part().toString()
                : part.getClass().getSimpleName();
    }
}
