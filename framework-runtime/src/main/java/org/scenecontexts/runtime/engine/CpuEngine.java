package org.scenecontexts.runtime.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
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

    private final WorkerPool workers;
    private final PooledBuffers buffers = new PooledBuffers();
    private final DenseKernels dense;
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
        this.providers = List.copyOf(providers);
        workers = new WorkerPool(threads);
        dense = simd.kernels(workers);
        description =
                dense.description() + " on " + threads + (threads == 1 ? " thread" : " threads") + ": " + simd.reason();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return description;
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
    public <K> K kernel(Class<K> type) {
        Object known = kernels.get(type);
        if (known == null) {
            known = create(type);
            kernels.put(type, known);
        }
        return type.cast(known);
    }

    private Object create(Class<?> type) {
        List<KernelProvider<?>> candidates = providers.stream()
                .filter(p -> p.type() == type && p.device().equals(NAME))
                .sorted(Comparator.comparingInt((KernelProvider<?> p) -> -p.priority())
                        .thenComparing(p -> p.getClass().getName()))
                .toList();
        StringBuilder refusals = new StringBuilder();
        for (KernelProvider<?> candidate : candidates) {
            try {
                return candidate.create(this);
            } catch (UnsupportedOperationException e) {
                String why = candidate.getClass().getName() + " cannot run here: " + e.getMessage();
                log.warn("{}; trying the next implementation of {}", why, type.getSimpleName());
                refusals.append("; ").append(why);
            }
        }
        String asked = providers.stream()
                .map(p -> p.getClass().getName() + " (" + p.type().getSimpleName() + " on " + p.device() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        throw new IllegalStateException("no kernels for " + type.getName() + " on device '" + NAME + "'" + refusals
                + "; asked: " + (asked.isEmpty() ? "nobody, no plugin offers any kernels" : asked)
                + "; install the plugin that offers them for '" + NAME + "' ('csc plugins list' shows what is there)");
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
