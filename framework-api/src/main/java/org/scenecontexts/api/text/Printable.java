package org.scenecontexts.api.text;

import java.util.Locale;

/**
 * Makes text that comes from a file safe to show: a terminal obeys control characters, so that a file could clear the screen,
 * change its colours or hide what it says.
 *
 * <p>Control characters (C0 but line ends and tab, DEL, C1), the marks that turn the direction of writing, and halves of
 * surrogate pairs are written as escapes, {@code \x1b}. Line ends and tabs stay.
 *
 * @since 0.1
 */
public final class Printable {

    private static final int LONGEST = 60;

    private Printable() {}

    /** The text with everything that a terminal would obey written as an escape; the same object where there is nothing. */
    public static String text(String text) {
        if (text.chars().noneMatch(c -> isUnsafe((char) c))) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            boolean lineBreak = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (pair || lineBreak) {
                safe.append(c).append(text.charAt(++i));
            } else if (isUnsafe(c)) {
                safe.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    /** A word or line of a file for a message: on one line, escaped, and cut after 60 characters. */
    public static String excerpt(String text) {
        boolean cut = text.length() > LONGEST;
        String shown = text(cut ? text.substring(0, LONGEST) : text)
                .replace("\r", "\\x0d")
                .replace("\n", "\\x0a")
                .replace("\t", "\\x09");
        return cut ? shown + "..." : shown;
    }

    private static boolean isUnsafe(char c) {
        boolean control = c < 0x20 ? c != '\n' && c != '\t' : c >= 0x7F && c <= 0x9F;
        boolean direction =
                c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069' || c == '\u200E' || c == '\u200F';
        return control || direction || Character.isSurrogate(c);
    }
}
