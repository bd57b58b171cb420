package org.scenecontexts.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.bench.BenchContext;
import org.scenecontexts.bench.Rooms;
import org.scenecontexts.bench.WorkloadFilter;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.engine.cpu.Simd;
import org.scenecontexts.runtime.plugin.Plugins;

/**
 * Runs one workload by name under JMH; subclasses put names together from parameters, so that nothing that is measured is
 * written twice.
 *
 * <p>The property {@code csc.bench.clouds} names the folder of recorded clouds.
 *
 * @since 0.1
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseParallelGC",
            "-XX:MaxRAMPercentage=70"
        })
public abstract class WorkloadBenchmark {

    /** Threads of the engine. */
    @Param({"1", "2"})
    public int threads;

    private Plugins plugins;
    private TensorEngine engine;
    private PreparedWorkload workload;

    /** Name of the workload that the parameters stand for. */
    protected abstract String workloadName();

    /** Makes it ready, once per set of parameters. */
    @Setup(Level.Trial)
    public void prepare() {
        plugins = Plugins.discover(List.of());
        Rooms rooms = Rooms.find(Path.of(System.getProperty("csc.bench.clouds", "goldens/rooms")), plugins.catalog());
        engine = new CpuEngine(
                threads, plugins.catalog().kernelProviders(), Simd.choose().settled());
        workload = named(plugins).preparer().prepare(new BenchContext(engine, rooms));
    }

    private Workload named(Plugins found) {
        String name = workloadName();
        return WorkloadFilter.all(found.catalog()).stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no plugin on the class path offers the workload '" + name + "'; check the -p parameters"));
    }

    /** Makes ready what a run uses up. */
    @Setup(Level.Invocation)
    public void renew() {
        workload.renew();
    }

    /** The work. */
    @Benchmark
    public void run() {
        workload.run();
    }

    /** Gives everything back. */
    @TearDown(Level.Trial)
    public void close() {
        workload.close();
        engine.close();
        plugins.close();
    }
}
