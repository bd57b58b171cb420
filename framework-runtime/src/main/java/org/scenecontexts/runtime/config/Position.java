package org.scenecontexts.runtime.config;

/**
 * A place in a text that configuration was read from.
 *
 * @param source the text
 * @param line counted from 1
 * @param column counted from 1
 * @since 0.1
 */
public record Position(SourceText source, int line, int column) {

    /** {@code file:line:column}, the form that editors and terminals turn into a link. */
    @Override
    public String toString() {
        return source.name() + ":" + line + ":" + column;
    }
}
