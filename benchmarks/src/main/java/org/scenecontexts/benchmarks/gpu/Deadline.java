package org.scenecontexts.benchmarks.gpu;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Until when everything has to be done, since a machine with a card is often lent for some minutes.
 *
 * @param minutes from the beginning; none for as long as it takes
 * @param began nanoseconds of the clock at the beginning
 * @param clock nanoseconds
 */
record Deadline(Optional<Integer> minutes, long began, LongSupplier clock) {

    private static final double NANOS = 1e9;

    /** Counts from now on. */
    static Deadline in(Optional<Integer> minutes) {
        return new Deadline(minutes, System.nanoTime(), System::nanoTime);
    }

    /** Since the beginning. */
    double seconds() {
        return (clock.getAsLong() - began) / NANOS;
    }

    boolean isOver() {
        return secondsLeft(1) <= 0;
    }

    /** Seconds that something may take, at most so many. */
    double secondsLeft(double most) {
        return minutes.map(count -> Math.min(most, 60.0 * count - seconds())).orElse(most);
    }

    /** Why something was left out. */
    String reason() {
        return minutes.map(count -> "left out, as the " + count + " minutes of --minutes were over")
                .orElse("left out");
    }
}
