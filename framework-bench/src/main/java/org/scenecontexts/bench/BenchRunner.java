package org.scenecontexts.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.engine.cpu.Simd;
import org.scenecontexts.runtime.log.ProcessMemory;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * Measures workloads one after the other on the CPU engine, each against a matrix product timed between its own runs.
 *
 * @since 0.1
 */
public final class BenchRunner {

    /** Edge of the product that the machine's peak is read from. */
    static final int PROBE = 1024;

    private static final int RUNS_FOR_MEMORY = 3;

    private final PluginCatalog plugins;
    private final Rooms rooms;
    private final Pace pace;
    private final Map<Integer, Double> copies = new HashMap<>();

    /** @param plugins whose kernels are measured */
    public BenchRunner(PluginCatalog plugins, Rooms rooms, Pace pace) {
        this.plugins = plugins;
        this.rooms = rooms;
        this.pace = pace;
    }

    /** Measures one workload on a fresh engine. */
    public MeasuredWorkload measure(Workload workload, int threads) {
        double copy = copies.computeIfAbsent(threads, this::copyBandwidth);
        Timer timer = new Timer(pace, threads);
        try (TensorEngine engine = engine(threads)) {
            PreparedWorkload probe = EngineWorkloads.gemm(engine, PROBE);
            Timer.Times times;
            Work work;
            long pool;
            try (PreparedWorkload prepared = workload.preparer().prepare(new BenchContext(engine, rooms))) {
                times = timer.time(prepared, probe::run);
                work = prepared.work();
                pool = engine.buffers().bytes();
            }
            double peak = probe.work().flops() / Timer.median(times.probes());
            return new MeasuredWorkload(
                    workload,
                    threads,
                    work,
                    times.median(),
                    times.best(),
                    times.runs().size(),
                    peak,
                    copy,
                    pool,
                    times.heapBytes(),
                    OptionalLong.empty(),
                    workload.wholeNetwork() ? parts(workload, threads) : Map.of());
        }
    }

    /** One more run on an observed engine; observing costs little, and the figures of the row are without it. */
    private Map<String, Double> parts(Workload workload, int threads) {
        Parts parts = new Parts();
        try (TensorEngine engine = engine(threads);
                PreparedWorkload prepared = workload.preparer().prepare(BenchContext.observed(engine, rooms, parts))) {
            prepared.renew();
            prepared.run();
            prepared.renew();
            parts.clear();
            long start = System.nanoTime();
            prepared.run();
            return parts.of((System.nanoTime() - start) / 1e9);
        }
    }

    /**
     * Runs a workload a few times in this process, for a process that does nothing else.
     *
     * @return the largest resident size of the process, bytes
     */
    public long residentBytes(Workload workload, int threads) {
        try (TensorEngine engine = engine(threads);
                PreparedWorkload prepared = workload.preparer().prepare(new BenchContext(engine, rooms))) {
            for (int i = 0; i < RUNS_FOR_MEMORY; i++) {
                prepared.renew();
                prepared.run();
            }
            return ProcessMemory.peakBytes();
        }
    }

    private double copyBandwidth(int threads) {
        try (TensorEngine engine = engine(threads)) {
            PreparedWorkload copy = EngineWorkloads.copy(engine);
            Timer timer = new Timer(pace, threads);
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                times.add(timer.seconds(copy::run));
            }
            return copy.work().bytes() / Timer.median(times);
        }
    }

    private TensorEngine engine(int threads) {
        return new CpuEngine(threads, plugins.kernelProviders(), Simd.choose().settled());
    }
}
