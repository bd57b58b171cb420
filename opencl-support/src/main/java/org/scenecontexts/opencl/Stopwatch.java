package org.scenecontexts.opencl;

/** Times work that a just-in-time compiler and caches speed up at first. */
final class Stopwatch {

    private static final int LEAST_RUNS = 3;

    private Stopwatch() {}

    /** Least seconds of one run, of at least three and of as many as fit. */
    static double best(Runnable work, double seconds) {
        long begin = System.nanoTime();
        double best = Double.POSITIVE_INFINITY;
        for (int run = 0; run < LEAST_RUNS || System.nanoTime() - begin < seconds * 1e9; run++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }
}
