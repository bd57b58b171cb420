package org.scenecontexts.io.torch;

import java.util.Collection;
import java.util.stream.Collectors;
import org.scenecontexts.api.text.Printable;

/** Puts text of a file into messages: short, and without what could steer a terminal. */
final class Shown {

    private static final int NAMED = 8;

    private Shown() {}

    /** The text without quotes. */
    static String plain(String text) {
        return Printable.excerpt(text);
    }

    /** The text in quotes. */
    static String quoted(String text) {
        return "'" + plain(text) + "'";
    }

    /** The first of some values, and how many more there are. */
    static String list(Collection<?> values) {
        String first = values.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return values.size() <= NAMED ? first : first + ", and " + (values.size() - NAMED) + " more";
    }
}
