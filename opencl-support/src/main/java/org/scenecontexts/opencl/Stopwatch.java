package org.scenecontexts.opencl;

import java.util.function.LongSupplier;

/** Times work that a just-in-time compiler and caches speed up at first. */
final class Stopwatch {

    private static final int LEAST_RUNS = 3;

    /** A run that is faster by less than this share is no news. */
    private static final double NEWS = 0.05;

    /** Slow work may take this many times as long as asked before it settles: vector code is compiled late. */
    private static final int PATIENCE = 12;

    private Stopwatch() {}

    /**
     * Least seconds of one run.
     *
     * @param seconds ends when no run of the last so many seconds was faster by more than 5%; after twelve times as
     *     long in any case
     */
    static double best(Runnable work, double seconds) {
        return best(work, seconds, System::nanoTime);
    }

    /** The same by a given clock, in nanoseconds. */
    static double best(Runnable work, double seconds, LongSupplier clock) {
        long begin = clock.getAsLong();
        long news = begin;
        double best = Double.POSITIVE_INFINITY;
        double known = Double.POSITIVE_INFINITY;
        for (int run = 0; ; run++) {
            long start = clock.getAsLong();
            boolean settled = start - news >= seconds * 1e9;
            boolean late = start - begin >= PATIENCE * seconds * 1e9;
            if (run >= LEAST_RUNS && (settled || late)) {
                return best;
            }
            work.run();
            long end = clock.getAsLong();
            best = Math.min(best, (end - start) / 1e9);
            if (best < known * (1 - NEWS)) {
                known = best;
                news = end;
            }
        }
    }
}
