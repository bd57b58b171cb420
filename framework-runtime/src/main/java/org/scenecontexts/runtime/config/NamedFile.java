package org.scenecontexts.runtime.config;

import java.nio.file.Path;

/**
 * A file or folder that a configuration names, so that it can be looked for before anything is run.
 *
 * @param path as written
 * @param position where it is written
 * @param key its place in the tree
 * @param use what becomes of it
 * @since 0.1
 */
public record NamedFile(Path path, Position position, String key, Use use) {

    /** What becomes of a named file. */
    public enum Use {
        /** It is read, so it must exist. */
        READ,
        /** It is made ({@link org.scenecontexts.api.config.WritesFile}). */
        WRITTEN,
        /** It is read, from one of several places ({@link org.scenecontexts.api.config.Searched}). */
        SEARCHED
    }
}
