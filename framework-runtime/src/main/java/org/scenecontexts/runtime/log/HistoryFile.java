package org.scenecontexts.runtime.log;

import java.util.Map;

/**
 * A file that gets a line per iteration, of which a resumed training drops what will come again.
 *
 * @since 0.1
 */
public interface HistoryFile extends AutoCloseable {

    /**
     * Adds a line, which is on disk afterwards.
     *
     * @param values with {@code iteration}
     */
    void add(Map<String, ?> values);

    @Override
    void close();
}
