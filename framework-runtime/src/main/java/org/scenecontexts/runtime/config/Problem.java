package org.scenecontexts.runtime.config;

import java.util.Optional;

/**
 * One thing that is wrong with a configuration, as data: problems are collected and reported together.
 *
 * @param severity whether it stops the run
 * @param message what was found and what was expected
 * @param position where it is written, when it is written anywhere
 * @param path the place in the tree, e.g. {@code stages[1].train.optimizer.lr}; may be empty
 * @param suggestion the next step, e.g. {@code did you mean 'lr'?}
 * @param plugin id of the plugin whose configuration this is
 * @since 0.1
 */
public record Problem(
        Severity severity,
        String message,
        Optional<Position> position,
        String path,
        Optional<String> suggestion,
        Optional<String> plugin) {

    /** Whether a problem stops the run. */
    public enum Severity {
        /** The configuration cannot be used. */
        ERROR,
        /** The configuration can be used, but is probably not what was meant. */
        WARNING
    }

    /** An error at a place. */
    public static Problem error(String message, Position position, String path) {
        return new Problem(Severity.ERROR, message, Optional.of(position), path, Optional.empty(), Optional.empty());
    }

    /** A warning at a place. */
    public static Problem warning(String message, Position position, String path) {
        return new Problem(Severity.WARNING, message, Optional.of(position), path, Optional.empty(), Optional.empty());
    }

    /** An error without a place. */
    public static Problem error(String message) {
        return new Problem(Severity.ERROR, message, Optional.empty(), "", Optional.empty(), Optional.empty());
    }

    /** The same problem with a next step; an empty text leaves it as it is. */
    public Problem suggesting(String next) {
        return next.isEmpty() ? this : new Problem(severity, message, position, path, Optional.of(next), plugin);
    }

    /** The same problem, in the configuration of a plugin; an empty id leaves it as it is. */
    public Problem from(String pluginId) {
        return pluginId.isEmpty()
                ? this
                : new Problem(severity, message, position, path, suggestion, Optional.of(pluginId));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
