package org.scenecontexts.runtime.log;

import java.util.Map;

/**
 * A file that gets a line per iteration, of which a resumed training drops what will come again.
 *
 * @since 0.1
 */
public interface HistoryFile extends AutoCloseable {

    /**
     * Adds a line, which other programs see afterwards.
     *
     * @param values with {@code iteration}
     */
    void add(Map<String, ?> values);

    /** Has the disk keep the lines so far; to be called before a checkpoint that goes on after them. */
    void sync();

    @Override
    void close();
}
