package org.scenecontexts.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.scenecontexts.api.engine.BorrowedKernels;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.BufferPool;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.Repeatability;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * An engine whose numbers lie in native memory, where no array can be had: who computes on it has asked for none by
 * accident. It has no kernels of its own, so that everything is served by the processor's through copies, to the same bits.
 */
public final class OpaqueEngine implements TensorEngine {

    private static final String NAME = "opaque";

    private final TensorEngine cpu;
    private final List<KernelProvider<?>> providers;
    private final AtomicLong reads = new AtomicLong();
    private final SegmentPool pool = new SegmentPool(reads);
    private final BorrowedKernels.Crossings crossings = new BorrowedKernels.Crossings();
    private final DenseKernels dense;
    private final Map<Class<?>, Object> kernels = new HashMap<>();
    private final Draws draws = new Draws(this);
    private int scopes;

    /** @param cpu computes; is closed with this engine */
    public OpaqueEngine(TensorEngine cpu) {
        this(cpu, List.of());
    }

    /**
     * @param cpu computes; is closed with this engine
     * @param providers those that are {@linkplain KernelProvider#COMPOSED composed} are used, as by every engine with memory of
     *     its own
     */
    public OpaqueEngine(TensorEngine cpu, List<KernelProvider<?>> providers) {
        this.cpu = cpu;
        this.providers = List.copyOf(providers);
        dense = BorrowedKernels.of(DenseKernels.class, cpu.dense(), NAME, crossings);
    }

    /** What kernels have copied. */
    public BorrowedKernels.Crossings crossings() {
        return crossings;
    }

    @Override
    public long hostReads() {
        return reads.get() - crossings.reads();
    }

    @Override
    public long borrowedCalls() {
        return crossings.calls();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "native memory, computed by " + cpu.description();
    }

    @Override
    public Repeatability repeatability() {
        return cpu.repeatability();
    }

    @Override
    public Parallel parallel() {
        return cpu.parallel();
    }

    @Override
    public BufferPool buffers() {
        return pool;
    }

    @Override
    public Buffer bufferOf(float[] values) {
        return upload(values, reads);
    }

    /** A buffer of native memory with these numbers. */
    public static Buffer upload(float[] values) {
        return upload(values, new AtomicLong());
    }

    /** Row numbers in native memory, unchecked. */
    public static Indices upload(int[] values) {
        return SegmentIndices.of(HeapIndices.labels(values, Integer.MAX_VALUE), new AtomicLong());
    }

    private static Buffer upload(float[] values, AtomicLong reads) {
        SegmentBuffer buffer = SegmentBuffer.allocate(values.length, reads);
        buffer.copyIn(0, values, 0, values.length);
        return buffer;
    }

    @Override
    public Indices indices(int[] values, int range) {
        return SegmentIndices.of(HeapIndices.of(values, range), reads);
    }

    @Override
    public Indices labels(int[] values, int range) {
        return SegmentIndices.of(HeapIndices.labels(values, range), reads);
    }

    @Override
    public DenseKernels dense() {
        return dense;
    }

    @Override
    public <K> K kernel(Class<K> type) {
        Object known = kernels.get(type);
        if (known == null) {
            known = providers.stream()
                    .filter(p -> p.type() == type && p.device().equals(KernelProvider.COMPOSED))
                    .findFirst()
                    .map(p -> type.cast(p.create(this)))
                    .orElseGet(() -> borrowed(type));
            kernels.put(type, known);
        }
        return type.cast(known);
    }

    @Override
    public <K> K borrowed(Class<K> type) {
        return BorrowedKernels.of(type, cpu.kernel(type), NAME, crossings);
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
        return () -> scopes--;
    }

    @Override
    public void close() {
        cpu.close();
    }
}
