package org.scenecontexts.engine.cpu;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.HeapBuffer;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.KernelsFrom;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.engine.cpu.family.CpuFamilies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes on the processor's own cores; the engine that always works.
 *
 * <p>Results are bit-identical for any number of threads: work is cut into pieces that do not depend on it, and partial
 * results are combined in the order of the pieces.
 *
 * @since 0.1
 */
public final class CpuEngine implements TensorEngine {

    /** The name for {@code device:}. */
    public static final String NAME = "cpu";

    private static final Logger log = LoggerFactory.getLogger(CpuEngine.class);

    private final String name;
    private final Map<String, String> settings;
    private final Set<String> told = new HashSet<>();
    private final WorkerPool workers;
    private final PooledBuffers buffers = new PooledBuffers();
    private final DenseKernels dense;
    private final CpuFamilies families;
    private final Draws draws = new Draws(this);
    private final String description;
    private final List<KernelProvider<?>> providers;
    private final Map<Class<?>, Object> kernels = new HashMap<>();
    private int scopes;

    /** An engine with the faster of the kernels that run here. */
    public CpuEngine(int threads, List<KernelProvider<?>> providers) {
        this(threads, providers, Simd.choose());
    }

    /** An engine with given kernels, e.g. to compare the two. */
    public CpuEngine(int threads, List<KernelProvider<?>> providers, Simd.Decision simd) {
        this(NAME, threads, providers, simd, Map.of());
    }

    private CpuEngine(
            String name,
            int threads,
            List<KernelProvider<?>> providers,
            Simd.Decision simd,
            Map<String, String> settings) {
        this.name = name;
        this.settings = Map.copyOf(settings);
        this.providers = List.copyOf(providers);
        workers = new WorkerPool(threads);
        dense = simd.kernels(workers);
        families = new CpuFamilies(workers, simd.loops(), simd.gemm());
        description =
                dense.description() + " on " + threads + (threads == 1 ? " thread" : " threads") + ": " + simd.reason();
    }

    /**
     * An engine that computes here but takes the operators that plugins define from another device where they are offered.
     * Where they are not, or cannot run, it says so once and goes on with those for {@code cpu}.
     *
     * @param device name of that device and of this engine
     * @param settings what kernels of that device may ask for, see {@link TensorEngine#settings()}
     */
    static CpuEngine offloading(
            String device, int threads, List<KernelProvider<?>> providers, Map<String, String> settings) {
        return new CpuEngine(device, threads, providers, Simd.choose(), settings);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public String description() {
        return description;
    }

    /** Sums are cut into pieces whatever the number of threads. */
    @Override
    public Repeatability repeatability() {
        return Repeatability.ANY_THREADS;
    }

    @Override
    public Parallel parallel() {
        return workers;
    }

    @Override
    public BufferPool buffers() {
        return buffers;
    }

    @Override
    public DenseKernels dense() {
        return dense;
    }

    @Override
    public Buffer bufferOf(float[] values) {
        return HeapBuffer.of(values);
    }

    @Override
    public Indices indices(int[] values, int range) {
        return HeapIndices.of(values, range);
    }

    @Override
    public Indices labels(int[] values, int range) {
        return HeapIndices.labels(values, range);
    }

    @Override
    public <K> K kernel(Class<K> type) {
        Object known = kernels.get(type);
        if (known == null) {
            known = create(type);
            kernels.put(type, known);
        }
        return type.cast(known);
    }

    private Object create(Class<?> type) {
        StringBuilder refusals = new StringBuilder();
        if (!name.equals(NAME)) {
            Optional<Object> elsewhere = create(type, name, refusals);
            if (elsewhere.isPresent()) {
                return elsewhere.orElseThrow();
            }
            // What the API itself asks for is computed where the values are, as dense arithmetic is.
            if (families.find(type).isPresent()) {
                return families.find(type).orElseThrow();
            }
            String why = refusals.isEmpty() ? "no plugin offers it for that device" : refusals.toString();
            if (told.add(why)) {
                log.warn("device '{}' is not used for {}, which runs on the CPU: {}", name, type.getSimpleName(), why);
            }
            refusals.setLength(0);
        }
        return create(type, NAME, refusals).or(() -> families.find(type)).orElseThrow(() -> missing(type, refusals));
    }

    /** The best kernels for a device that can run; adds to {@code refusals} why others cannot. */
    private Optional<Object> create(Class<?> type, String device, StringBuilder refusals) {
        List<KernelProvider<?>> candidates = providers.stream()
                .filter(p -> p.type() == type && p.device().equals(device))
                .sorted(Comparator.comparingInt((KernelProvider<?> p) -> -p.priority())
                        .thenComparing(p -> p.getClass().getName()))
                .toList();
        for (KernelProvider<?> candidate : candidates) {
            try {
                return Optional.of(candidate.create(this));
            } catch (UnsupportedOperationException e) {
                if (device.equals(NAME)) {
                    log.warn(
                            "{} cannot run here: {}; trying the next implementation of {}",
                            candidate.getClass().getName(),
                            e.getMessage(),
                            type.getSimpleName());
                }
                refusals.append(refusals.isEmpty() ? "" : "; ").append(e.getMessage());
            }
        }
        return Optional.empty();
    }

    private IllegalStateException missing(Class<?> type, CharSequence refusals) {
        String asked = providers.stream()
                .map(p -> p.getClass().getName() + " (" + p.type().getSimpleName() + " on " + p.device() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        KernelsFrom from = type.getAnnotation(KernelsFrom.class);
        if (from != null && refusals.isEmpty()) {
            return new IllegalStateException("no kernels for " + type.getName() + ": the plugin '" + from.value()
                    + "' brings them and is not loaded; put its jar where the other plugins are ('csc plugins list' shows"
                    + " them, 'csc plugins doctor' says why one cannot be used)");
        }
        return new IllegalStateException("no kernels for " + type.getName() + " on device '" + NAME + "'"
                + (refusals.isEmpty() ? "" : "; those there are cannot run here: " + refusals)
                + "; asked: " + (asked.isEmpty() ? "nobody, no plugin offers any kernels" : asked)
                + "; install the plugin that offers them for '" + NAME + "' ('csc plugins list' shows what is there)");
    }

    @Override
    public boolean onHeap() {
        return true;
    }

    @Override
    public Draws draws() {
        return draws;
    }

    @Override
    public boolean recording() {
        return scopes == 0;
    }

    @Override
    public Scope noGrad() {
        scopes++;
        return new Scope() {
            private boolean open = true;

            @Override
            public void close() {
                if (open) {
                    open = false;
                    scopes--;
                }
            }
        };
    }

    @Override
    public void close() {
        workers.close();
        buffers.trim();
    }
}
