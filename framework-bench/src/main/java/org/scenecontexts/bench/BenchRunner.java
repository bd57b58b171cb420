package org.scenecontexts.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.engine.cpu.Simd;
import org.scenecontexts.runtime.log.ProcessMemory;
import org.scenecontexts.runtime.plugin.PluginCatalog;

/**
 * Measures workloads one after the other on one kind of engine, each against a matrix product timed between its own runs. Where an
 * engine has memory of its own a run is over when the device has made it: the host waits for a number behind it.
 *
 * @since 0.1
 */
public final class BenchRunner {

    /** Edge of the product that the machine's peak is read from. */
    static final int PROBE = 1024;

    private static final int RUNS_FOR_MEMORY = 3;

    private final IntFunction<TensorEngine> engines;
    private final Rooms rooms;
    private final Pace pace;
    private final Map<Integer, Double> copies = new HashMap<>();

    /**
     * Measures the CPU engine.
     *
     * @param plugins whose kernels are measured
     */
    public BenchRunner(PluginCatalog plugins, Rooms rooms, Pace pace) {
        this(
                threads -> new CpuEngine(
                        threads, plugins.kernelProviders(), Simd.choose().settled()),
                rooms,
                pace);
    }

    /**
     * Measures any engine.
     *
     * @param engines opens one that uses so many threads of the processor; each is closed again
     * @since 0.2
     */
    public BenchRunner(IntFunction<TensorEngine> engines, Rooms rooms, Pace pace) {
        this.engines = engines;
        this.rooms = rooms;
        this.pace = pace;
    }

    /** Measures one workload on a fresh engine. */
    public MeasuredWorkload measure(Workload workload, int threads) {
        double copy = copies.computeIfAbsent(threads, this::copyBandwidth);
        try (TensorEngine engine = engines.apply(threads)) {
            Timer timer = timer(engine, threads);
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
                    workload.wholeNetwork() && engine.onHeap() ? parts(workload, threads) : Map.of());
        }
    }

    /** One more run on an observed engine; observing costs little, and the figures of the row are without it. */
    private Map<String, Double> parts(Workload workload, int threads) {
        Parts parts = new Parts();
        try (TensorEngine engine = engines.apply(threads);
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
        try (TensorEngine engine = engines.apply(threads);
                PreparedWorkload prepared = workload.preparer().prepare(new BenchContext(engine, rooms))) {
            for (int i = 0; i < RUNS_FOR_MEMORY; i++) {
                prepared.renew();
                prepared.run();
            }
            return ProcessMemory.peakBytes();
        }
    }

    private double copyBandwidth(int threads) {
        try (TensorEngine engine = engines.apply(threads)) {
            PreparedWorkload copy = EngineWorkloads.copy(engine);
            Timer timer = timer(engine, threads);
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                times.add(timer.seconds(copy::run));
            }
            return copy.work().bytes() / Timer.median(times);
        }
    }

    /** On the heap a call has done its work when it returns; elsewhere it is only asked for, in order. */
    private Timer timer(TensorEngine engine, int threads) {
        if (engine.onHeap()) {
            return new Timer(pace, threads, () -> {});
        }
        Buffer behind = engine.bufferOf(new float[1]);
        return new Timer(pace, threads, () -> {
            engine.dense().fill(1, 0f, behind);
            if (behind.get(0) != 0) {
                throw new IllegalStateException("device '" + engine.name() + "' does not keep what it was asked for");
            }
        });
    }
}
