package org.scenecontexts.bench;

/**
 * How long each row is measured.
 *
 * @param warmUp seconds of runs before the first timed one, which the compiler needs
 * @param measure seconds of timed runs
 * @param least timed runs at least, where one takes up to {@link #LONG} seconds
 * @param most timed runs at most
 * @param cpuClock whether one-thread rows are timed by the thread's own processor time, which other processes disturb less
 * @since 0.1
 */
public record Pace(double warmUp, double measure, int least, int most, boolean cpuClock) {

    /** Runs longer than this are timed once less often. */
    static final double LONG = 2;

    /** About half a second per row, for the compiler as well. */
    public static Pace standard() {
        return new Pace(0.35, 0.4, 3, 60, false);
    }

    /** A few tenths of a second per row. */
    public static Pace quick() {
        return new Pace(0.2, 0.2, 2, 20, false);
    }

    /** A fixed number of timed runs after one that is not. */
    public static Pace runs(int count) {
        return new Pace(0, 0, count, count, false);
    }

    /** The same by processor time where there is one thread. */
    public Pace byCpuClock() {
        return new Pace(warmUp, measure, least, most, true);
    }
}
