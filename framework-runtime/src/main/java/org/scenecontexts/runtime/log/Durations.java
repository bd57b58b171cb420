package org.scenecontexts.runtime.log;

import java.time.Duration;
import java.util.Locale;

/** Writes times for people. */
public final class Durations {

    private Durations() {}

    /** Such as {@code 850 ms}, {@code 12.3 s}, {@code 4 min 05 s}, {@code 2 h 07 min}. */
    public static String text(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "?";
        }
        if (seconds < 1) {
            return Math.round(seconds * 1000) + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toHours() > 0
                ? "%d h %02d min".formatted(time.toHours(), time.toMinutesPart())
                : "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
