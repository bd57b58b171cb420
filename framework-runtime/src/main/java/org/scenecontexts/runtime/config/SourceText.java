package org.scenecontexts.runtime.config;

import java.util.List;

/**
 * A text that configuration was read from, kept so that a problem can show the line it is about.
 *
 * @param name what the user calls it: a file name, {@code --set #1}
 * @param lines its lines, without line ends
 * @since 0.1
 */
public record SourceText(String name, List<String> lines) {

    public SourceText {
        lines = List.copyOf(lines);
    }

    /** A source from its whole text. */
    public static SourceText of(String name, String text) {
        return new SourceText(name, text.lines().toList());
    }

    /** The whole text, with {@code \n} line ends. */
    public String text() {
        return String.join("\n", lines);
    }

    /** The place at a line and column, both counted from 1. */
    public Position at(int line, int column) {
        return new Position(this, line, column);
    }
}
