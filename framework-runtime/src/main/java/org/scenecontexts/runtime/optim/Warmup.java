package org.scenecontexts.runtime.optim;

import org.scenecontexts.api.optim.Schedule;

/** A rise from almost nothing before a schedule starts, so that the first steps do no harm. */
final class Warmup {

    private Warmup() {}

    /**
     * Rises in equal steps over {@code steps}, then follows the schedule from its own start.
     *
     * @param steps 0 for none
     */
    static Schedule before(long steps, Schedule schedule) {
        return steps == 0
                ? schedule
                : done -> done < steps ? schedule.factor(0) * (done + 1) / (steps + 1) : schedule.factor(done - steps);
    }

    /** Steps that are left after a warm-up, at least 1. */
    static long rest(long iterations, long steps) {
        return Math.max(1, iterations - steps);
    }
}
