package org.scenecontexts.sparseconv;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;

/** An engine that tells how long each kind of kernel took; what is left of a step's time is spent between kernels. */
public final class TimedEngine implements TensorEngine {

    private final TensorEngine engine;
    private final DenseKernels dense;
    private final Map<Class<?>, Object> kernels = new LinkedHashMap<>();
    private final Map<String, long[]> spent = new LinkedHashMap<>();

    public TimedEngine(TensorEngine engine) {
        this.engine = engine;
        dense = timed(DenseKernels.class, engine.dense());
    }

    /** Nanoseconds and calls of each kernel since the last time, which are forgotten. */
    public Map<String, long[]> drain() {
        Map<String, long[]> drained = new LinkedHashMap<>(spent);
        spent.clear();
        return drained;
    }

    private <T> T timed(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    long start = System.nanoTime();
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        long[] entry = spent.computeIfAbsent(method.getName(), name -> new long[2]);
                        entry[0] += System.nanoTime() - start;
                        entry[1]++;
                    }
                }));
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public String description() {
        return engine.description();
    }

    @Override
    public Parallel parallel() {
        return engine.parallel();
    }

    @Override
    public BufferPool buffers() {
        return engine.buffers();
    }

    @Override
    public Buffer bufferOf(float[] values) {
        return engine.bufferOf(values);
    }

    @Override
    public Indices indices(int[] values, int range) {
        return engine.indices(values, range);
    }

    @Override
    public Indices labels(int[] values, int range) {
        return engine.labels(values, range);
    }

    @Override
    public DenseKernels dense() {
        return dense;
    }

    @Override
    public <K> K kernel(Class<K> type) {
        return type.cast(kernels.computeIfAbsent(type, t -> timed(type, engine.kernel(type))));
    }

    @Override
    public Draws draws() {
        return engine.draws();
    }

    @Override
    public boolean recording() {
        return engine.recording();
    }

    @Override
    public Scope noGrad() {
        return engine.noGrad();
    }

    @Override
    public void close() {
        engine.close();
    }
}
