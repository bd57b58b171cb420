package org.scenecontexts.nd4j;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
import org.scenecontexts.nd4j.dense.Nd4jDenseKernels;
import org.scenecontexts.nd4j.family.Nd4jFamilies;
import org.scenecontexts.nd4j.memory.Nd4jBuffer;
import org.scenecontexts.nd4j.memory.Nd4jIndices;
import org.scenecontexts.nd4j.memory.Nd4jPool;
import org.scenecontexts.nd4j.memory.Traffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes on ND4J arrays, in whose memory all values stay between operations. What a plugin has neither brought kernels for
 * nor composed of other kernels is computed by the processor through copies, which are counted and logged.
 */
public final class Nd4jEngine implements TensorEngine {

    /** The name for {@code device:}. */
    public static final String NAME = Nd4jPool.DEVICE;

    private static final Logger LOG = LoggerFactory.getLogger(Nd4jEngine.class);

    private final Nd4jLibrary.Loaded library;
    private final TensorEngine processor;
    private final List<KernelProvider<?>> providers;
    private final Traffic traffic = new Traffic();
    private final Nd4jPool pool = new Nd4jPool(traffic, BufferPool.poisons());
    private final DenseKernels dense;
    private final Nd4jFamilies families;
    private final BorrowedKernels.Crossings crossings = new BorrowedKernels.Crossings();
    private final Map<Class<?>, Object> kernels = new HashMap<>();
    private final Draws draws = new Draws(this);
    private int scopes;
    private boolean closed;

    /**
     * @param library ND4J, loaded
     * @param processor makes the engine whose threads run loops, and whose kernels serve where there are none for this one
     * @param providers all kernels that plugins bring
     */
    Nd4jEngine(Nd4jLibrary.Loaded library, Supplier<TensorEngine> processor, List<KernelProvider<?>> providers) {
        this.library = library;
        this.providers = List.copyOf(providers);
        this.processor = processor.get();
        dense = new Nd4jDenseKernels(this.processor.parallel());
        families = new Nd4jFamilies(this.processor.parallel());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return library.description() + ", " + parallel().threads()
                + (parallel().threads() == 1 ? " thread" : " threads");
    }

    /** Products are OpenBLAS's, whose sums are cut by threads; everything else has one order. */
    @Override
    public Repeatability repeatability() {
        return library.repeatability();
    }

    @Override
    public Parallel parallel() {
        return processor.parallel();
    }

    @Override
    public boolean onProcessor() {
        return library.backend() == Nd4jLibrary.Backend.NATIVE;
    }

    @Override
    public BufferPool buffers() {
        return pool;
    }

    @Override
    public DenseKernels dense() {
        return dense;
    }

    @Override
    public long hostReads() {
        return traffic.reads() - crossings.reads();
    }

    @Override
    public long borrowedCalls() {
        return crossings.calls();
    }

    /** What has crossed for kernels that this device lacks. */
    public BorrowedKernels.Crossings crossings() {
        return crossings;
    }

    @Override
    public <K> K kernel(Class<K> type) {
        Object known = kernels.get(type);
        if (known == null) {
            known = families.find(type).orElseGet(() -> create(type));
            kernels.put(type, known);
        }
        return type.cast(known);
    }

    private <K> K create(Class<K> type) {
        for (String device : List.of(NAME, KernelProvider.COMPOSED)) {
            Optional<K> brought = brought(type, device);
            if (brought.isPresent()) {
                return brought.get();
            }
        }
        return BorrowedKernels.of(type, processor.kernel(type), NAME, crossings);
    }

    private <K> Optional<K> brought(Class<K> type, String device) {
        List<KernelProvider<?>> candidates = providers.stream()
                .filter(p -> p.type() == type && p.device().equals(device))
                .sorted(Comparator.comparingInt((KernelProvider<?> p) -> -p.priority())
                        .thenComparing(p -> p.getClass().getName()))
                .toList();
        for (KernelProvider<?> candidate : candidates) {
            try {
                return Optional.of(type.cast(candidate.create(this)));
            } catch (UnsupportedOperationException e) {
                LOG.warn("{} cannot run on ND4J: {}", candidate.getClass().getName(), e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public <K> K borrowed(Class<K> type) {
        return BorrowedKernels.of(type, processor.kernel(type), crossings);
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
    public Buffer bufferOf(float[] values) {
        return Nd4jBuffer.of(values, traffic);
    }

    @Override
    public Indices indices(int[] values, int range) {
        return Nd4jIndices.of(HeapIndices.of(values, range), traffic);
    }

    @Override
    public Indices labels(int[] values, int range) {
        return Nd4jIndices.of(HeapIndices.labels(values, range), traffic);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LOG.info(
                    "{}: the host has read {} times ({} bytes), and brought {} bytes over; {} calls of borrowed kernels"
                            + " copied {} bytes",
                    NAME,
                    hostReads(),
                    traffic.readBytes(),
                    traffic.writtenBytes(),
                    crossings.calls(),
                    crossings.bytes());
            pool.trim();
            processor.close();
        }
    }
}
