package org.scenecontexts.runtime.config;

import java.util.OptionalDouble;

/**
 * Where in a tree a value stands: what a problem with it has to name, and what holds for it there.
 *
 * @param path from the root
 * @param plugin whose configuration it is, may be empty
 * @param bounds constraints of the key that it belongs to
 * @param use what becomes of files that are named here
 */
record Spot(String path, String plugin, Constraints bounds, NamedFile.Use use) {

    static final Constraints NO_BOUNDS = new Constraints(OptionalDouble.empty(), OptionalDouble.empty(), false, false);

    Spot key(String name, Constraints constraints) {
        return new Spot(path.isEmpty() ? name : path + "." + name, plugin, constraints, use);
    }

    Spot key(RecordModel.Key key) {
        Spot inner = key(key.name(), key.constraints());
        return new Spot(inner.path(), plugin, inner.bounds(), key.use());
    }

    Spot item(int index) {
        return new Spot(path + "[" + index + "]", plugin, bounds, use);
    }

    Spot of(String pluginId) {
        return new Spot(path, pluginId, bounds, use);
    }

    /** A problem with what stands here. */
    Problem error(String message, Position position, String suggestion) {
        return Problem.error(message, position, path).from(plugin).suggesting(suggestion);
    }

    /** The problem that something of another type stands here. */
    Problem mismatch(Node found, ValueType wanted) {
        return error("expected " + wanted.describe() + ", found " + Scalars.found(found), found.position(), "");
    }
}
