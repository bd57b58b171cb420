package org.scenecontexts.benchmarks.gpu;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A figure that is wanted, with its limit.
 *
 * @param what in words
 * @param kind how the limit is meant
 * @param figure name of what was measured
 * @param over name of what it is compared with; empty where the limit is on the figure itself
 * @param limit of the kind
 */
record Bar(String what, Kind kind, String figure, Optional<String> over, double limit) {

    /** How a limit is meant. */
    enum Kind {
        /** Milliseconds at most. */
        MOST("at most %s ms", "%s ms"),
        /** The same as a note: who misses it has not failed. */
        FAR_GOAL("far goal: %s ms", "%s ms"),
        /** So many times as fast as somebody else at least. */
        FASTER("at least %s times as fast", "%s times"),
        /** A share of what somebody else does in the same time, at least. */
        RATE("at least %s of its rate", "%s"),
        /** So many times somebody else's at most. */
        NEAR("at most %s times PyTorch's", "%s times"),
        /** In spreads of figures that differ by their seed alone, at most. */
        SPREADS("at most %s times the spread of fp32's seeds below their mean", "%s times");

        private final String wanted;
        private final String found;

        Kind(String wanted, String found) {
            this.wanted = wanted;
            this.found = found;
        }

        private boolean isLeast() {
            return this == FASTER || this == RATE;
        }
    }

    static Bar most(String what, String figure, double milliseconds) {
        return new Bar(what, Kind.MOST, figure, Optional.empty(), milliseconds);
    }

    static Bar farGoal(String what, String figure, double milliseconds) {
        return new Bar(what, Kind.FAR_GOAL, figure, Optional.empty(), milliseconds);
    }

    static Bar faster(String what, String figure, String over, double times) {
        return new Bar(what, Kind.FASTER, figure, Optional.of(over), times);
    }

    static Bar rate(String what, String figure, String over, double share) {
        return new Bar(what, Kind.RATE, figure, Optional.of(over), share);
    }

    static Bar near(String what, String figure, String over, double times) {
        return new Bar(what, Kind.NEAR, figure, Optional.of(over), times);
    }

    static Bar spreads(String what, String figure, double times) {
        return new Bar(what, Kind.SPREADS, figure, Optional.empty(), times);
    }

    /** Whether who misses it has failed. */
    boolean counts() {
        return kind != Kind.FAR_GOAL;
    }

    Optional<Double> found(Figures figures) {
        Optional<Double> own = figures.get(figure);
        return over.isEmpty()
                ? own
                : own.flatMap(value ->
                        figures.get(over.get()).map(other -> kind == Kind.NEAR ? value / other : other / value));
    }

    /** Why nothing was found: of the first figure that is missing. */
    String why(Figures figures) {
        return Stream.concat(Stream.of(figure), over.stream())
                .filter(name -> figures.get(name).isEmpty())
                .findFirst()
                .map(figures::why)
                .orElse("");
    }

    boolean met(double value) {
        return kind.isLeast() ? value >= limit : value <= limit;
    }

    /** What is wanted, what was found, and what that means. */
    List<String> row(Figures figures) {
        Optional<Double> found = found(figures);
        return List.of(
                what,
                String.format(Locale.ROOT, kind.wanted, number(limit)),
                found.map(value -> String.format(Locale.ROOT, kind.found, number(value)))
                        .orElseGet(() -> "not measured: " + why(figures)),
                found.map(value -> verdict(met(value))).orElse(""));
    }

    private String verdict(boolean met) {
        if (counts()) {
            return met ? "met" : "missed";
        }
        return met ? "reached" : "not reached";
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value).replaceAll("0$", "");
    }
}
