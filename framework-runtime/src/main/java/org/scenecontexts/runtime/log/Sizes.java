package org.scenecontexts.runtime.log;

import java.util.Locale;

/** Writes numbers of bytes for people. */
public final class Sizes {

    private static final int KIB = 1024;
    private static final String UNITS = "KMGT";

    private Sizes() {}

    /** Such as {@code 850 B}, {@code 12.3 KiB}, {@code 4.0 GiB}. */
    public static String text(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        double value = (double) bytes / KIB;
        int unit = 0;
        while (value >= KIB && unit < UNITS.length() - 1) {
            value /= KIB;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", value, UNITS.charAt(unit));
    }
}
