package org.scenecontexts.io.cloud;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Knows the words that programs write where a number is missing or infinite. */
final class NumberWords {

    /**
     * C libraries (nan, -nan, nan(ind), nan(0x8000)), Microsoft's (1.#QNAN, 1.#IND, 1.#R), Fortran (NaNQ), signalling and quiet
     * ones, and the missing values of R, pandas, SQL and spreadsheets.
     */
    private static final Pattern MISSING = Pattern.compile(
            "[+-]?(?:[qs]?nan[qs]?(?:\\(\\w*\\))?" + "|1\\.#(?:qnan|snan|ind|qnb|r)\\d*|n/?a|null|none|<na>|#n/a)");

    private static final Pattern INFINITE = Pattern.compile("[+-]?(?:inf|infinity|1\\.#(?:inf|j)\\d*)");

    private NumberWords() {}

    /** Not-a-number or an infinity; nothing for a word that is neither. */
    static OptionalDouble value(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (MISSING.matcher(lower).matches()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITE.matcher(lower).matches()) {
            return OptionalDouble.of(lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return OptionalDouble.empty();
    }
}
