package org.scenecontexts.runtime.record;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure as a text has it: it says itself how exactly it wants to be written, so that a new value can take its place.
 *
 * @param text such as {@code 0.640}, {@code 64.0%}, {@code 61,248}, {@code 7.5e-4}, {@code 2 min 25 s}
 */
record WrittenFigure(String text) {

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d[\\d,]*(?:\\.(\\d+))?(e[-+]?\\d+)?(%?)$");
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\w.])(?:(\\d+) h(?: (\\d+) min)?|(\\d+) min(?: (\\d+) s)?|(\\d+)(?:\\.(\\d+))? (s|ms))$");

    private static final double PERCENT = 100;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    /** The figure that a text ends with. */
    static Optional<WrittenFigure> atTheEndOf(String text) {
        Matcher time = TIME.matcher(text);
        if (time.find()) {
            return Optional.of(new WrittenFigure(time.group()));
        }
        Matcher number = NUMBER.matcher(text);
        return number.find() ? Optional.of(new WrittenFigure(number.group())) : Optional.empty();
    }

    /**
     * Another value in the same manner: as many decimals, the same units.
     *
     * @param value in seconds where this is a time; not yet in percent where this is one
     */
    String of(double value) {
        Matcher time = TIME.matcher(text);
        return time.find() ? time(time, value) : number(value);
    }

    private String number(double value) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no figure: " + text);
        }
        MatchResult written = matcher;
        int decimals = written.group(1) == null ? 0 : written.group(1).length();
        boolean percent = !written.group(3).isEmpty();
        double shown = percent ? value * PERCENT : value;
        if (written.group(2) != null) {
            return plain(String.format(Locale.ROOT, "%." + decimals + "e", shown)) + written.group(3);
        }
        String comma = text.contains(",") ? "," : "";
        return signed(String.format(Locale.ROOT, "%" + comma + "." + decimals + "f", shown)) + written.group(3);
    }

    /** Without a sign in front of zero. */
    private static String signed(String number) {
        return number.matches("-0(\\.0*)?") ? number.substring(1) : number;
    }

    /** Java writes {@code 7.5e-04}. */
    private static String plain(String number) {
        return number.replaceFirst("e\\+?(-?)0*(?=\\d)", "e$1");
    }

    private static String time(MatchResult written, double seconds) {
        if (written.group(1) != null) {
            long minutes = Math.round(seconds / MINUTE);
            return written.group(2) == null
                    ? Math.round(seconds / HOUR) + " h"
                    : "%d h %02d min".formatted(minutes / MINUTE, minutes % MINUTE);
        }
        if (written.group(3) != null) {
            long whole = Math.round(seconds);
            return written.group(4) == null
                    ? Math.round(seconds / MINUTE) + " min"
                    : "%d min %02d s".formatted(whole / MINUTE, whole % MINUTE);
        }
        int decimals = written.group(6) == null ? 0 : written.group(6).length();
        double shown = written.group(7).equals("ms") ? seconds * 1000 : seconds;
        return String.format(Locale.ROOT, "%." + decimals + "f", shown) + " " + written.group(7);
    }
}
