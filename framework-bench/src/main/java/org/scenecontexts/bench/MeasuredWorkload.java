package org.scenecontexts.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;

/**
 * What was measured of one workload on one number of threads: a row of the table.
 *
 * @param workload what was run
 * @param threads threads that it ran on
 * @param work counted work of one run
 * @param seconds median time of a run
 * @param best least time of a run
 * @param runs number of timed runs
 * @param peakFlops the engine's own matrix product on the same threads, timed between the runs; operations per second
 * @param copyBytes copy bandwidth on the same threads, bytes read and written per second
 * @param poolBytes buffers that the engine's pool has made
 * @param heapBytes bytes allocated on the Java heap per run, outside the pool once it is filled
 * @param residentBytes largest resident size of a process of its own; absent where none was started
 * @param parts seconds by kind of work, for whole networks; empty otherwise
 * @since 0.1
 */
public record MeasuredWorkload(
        Workload workload,
        int threads,
        Work work,
        double seconds,
        double best,
        int runs,
        double peakFlops,
        double copyBytes,
        long poolBytes,
        long heapBytes,
        OptionalLong residentBytes,
        Map<String, Double> parts) {

    public MeasuredWorkload {
        parts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    public String name() {
        return workload.name();
    }

    /** Operations per second. */
    public double flops() {
        return work.flops() / seconds;
    }

    /** Share of the product's rate. */
    public double shareOfPeak() {
        return flops() / peakFlops;
    }

    /** Bytes per second. */
    public double bandwidth() {
        return work.bytes() / seconds;
    }

    /** Share of the copy bandwidth. */
    public double shareOfCopy() {
        return bandwidth() / copyBytes;
    }

    /** The time that the counted arithmetic takes at the product's rate, seconds. */
    public double floor() {
        return work.flops() / peakFlops;
    }

    /** The same with the resident size of a process of its own. */
    public MeasuredWorkload withResident(long bytes) {
        return new MeasuredWorkload(
                workload,
                threads,
                work,
                seconds,
                best,
                runs,
                peakFlops,
                copyBytes,
                poolBytes,
                heapBytes,
                OptionalLong.of(bytes),
                parts);
    }

    /** The row among others with a name and a number of threads. */
    public static Optional<MeasuredWorkload> find(List<MeasuredWorkload> rows, String name, int threads) {
        return rows.stream()
                .filter(row -> row.threads() == threads && row.name().equals(name))
                .findFirst();
    }
}
