package org.scenecontexts.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * How names look in YAML, and which valid name a misspelt one was probably meant to be.
 *
 * @since 0.1
 */
public final class Names {

    private Names() {}

    /** {@code weightDecay} and {@code WeightDecay} as {@code weight-decay}; {@code LOW_RES} as {@code low-res}. */
    public static String hyphenated(String javaName) {
        if (javaName.equals(javaName.toUpperCase(Locale.ROOT))) {
            return javaName.replace('_', '-').toLowerCase(Locale.ROOT);
        }
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }

    /**
     * The valid name nearest to a misspelt one: the same but for case and separators, else the one with the smallest
     * Damerau-Levenshtein distance up to a third of the length, else one that continues it.
     */
    public static Optional<String> nearest(String name, Collection<String> valid) {
        record Scored(String name, int distance) {}
        String wanted = plain(name);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        int limit = Math.max(1, wanted.length() / 3);
        Optional<String> close = valid.stream()
                .distinct()
                .map(candidate -> new Scored(candidate, distance(wanted, plain(candidate))))
                .filter(scored -> scored.distance() <= limit
                        && scored.distance() < plain(scored.name()).length())
                .min(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .map(Scored::name);
        return close.isPresent() || wanted.length() < 3
                ? close
                : valid.stream()
                        .filter(candidate -> plain(candidate).startsWith(wanted) || wanted.startsWith(plain(candidate)))
                        .filter(candidate -> plain(candidate).length() >= 3)
                        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean 'x'?}, or an empty text when no valid name is near. */
    public static String didYouMean(String name, Collection<String> valid) {
        return nearest(name, valid).map(near -> "did you mean '" + near + "'?").orElse("");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ,]", "");
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = best;
            }
        }
        return cost[a.length()][b.length()];
    }
}
