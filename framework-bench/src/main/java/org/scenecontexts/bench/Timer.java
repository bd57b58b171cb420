package org.scenecontexts.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.scenecontexts.api.workload.PreparedWorkload;

/** Times a workload and, between its runs, a matrix product, so that both see the same machine. */
final class Timer {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A product is timed after so many seconds of the workload at most. */
    private static final double BETWEEN = 0.05;

    private final Pace pace;
    private final boolean cpu;
    private final Runnable wait;

    /** @param wait returns when everything that was asked for before is done; counts as part of the work */
    Timer(Pace pace, int threads, Runnable wait) {
        this.pace = pace;
        this.wait = wait;
        this.cpu = pace.cpuClock() && threads == 1 && THREADS.isCurrentThreadCpuTimeSupported();
    }

    /**
     * Times in seconds.
     *
     * @param runs of the workload
     * @param probes of what was run in between
     * @param heapBytes allocated per run of the workload
     */
    record Times(List<Double> runs, List<Double> probes, long heapBytes) {
        double median() {
            return Timer.median(runs);
        }

        double best() {
            return Collections.min(runs);
        }
    }

    Times time(PreparedWorkload workload, Runnable probe) {
        double warm = 0;
        double last = 0;
        int warmed = 0;
        while (warmed < 1 || (warm < pace.warmUp() && last < Pace.LONG)) {
            last = once(workload);
            warm += last;
            warmed++;
        }
        List<Double> runs = new ArrayList<>();
        List<Double> probes = new ArrayList<>();
        double spent = 0;
        double since = BETWEEN;
        long heap = 0;
        int least = last > Pace.LONG ? Math.max(1, pace.least() - 1) : pace.least();
        while (runs.size() < least || (spent < pace.measure() && runs.size() < pace.most())) {
            if (since >= BETWEEN) {
                probes.add(seconds(probe));
                since = 0;
            }
            workload.renew();
            long before = THREADS.getTotalThreadAllocatedBytes();
            double time = seconds(workload::run);
            heap += THREADS.getTotalThreadAllocatedBytes() - before;
            runs.add(time);
            spent += time;
            since += time;
        }
        probes.add(seconds(probe));
        return new Times(runs, probes, heap / runs.size());
    }

    private double once(PreparedWorkload workload) {
        workload.renew();
        return seconds(workload::run);
    }

    double seconds(Runnable work) {
        long start = now();
        work.run();
        wait.run();
        return (now() - start) / 1e9;
    }

    private long now() {
        return cpu ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
