package org.scenecontexts.resident;

import java.lang.foreign.MemorySegment;
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
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Draws;
import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.resident.cl.OpenClDevice;
import org.scenecontexts.resident.dense.ResidentDenseKernels;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes on a device in whose memory all values stay. Calls return when the device has been asked; only reading
 * waits for it. Sums are made in a fixed order: a training gives the same bits every time on the same device.
 */
public final class ResidentEngine implements TensorEngine {

    /** The device of kernels in OpenCL C, which every backend compiles: what providers of them are registered for. */
    public static final String KERNELS = OpenClDevice.BACKEND;

    private static final Logger LOG = LoggerFactory.getLogger(ResidentEngine.class);

    private final DeviceSession session;
    private final Products products;
    private final Packing packs;
    private final TensorEngine processor;
    private final List<KernelProvider<?>> providers;
    private final ResidentPool pool;
    private final ResidentPrograms programs;
    private final DenseKernels dense;
    private final Optional<PackedValues> packing;
    private final BorrowedKernels.Crossings crossings = new BorrowedKernels.Crossings();
    private final Map<Class<?>, Object> kernels = new HashMap<>();
    private final Draws draws = new Draws(this);
    private int scopes;
    private boolean closed;

    /**
     * @param session is closed with this engine
     * @param processor makes the engine whose kernels serve where there are none for this one
     * @param providers all kernels that plugins bring
     */
    public ResidentEngine(DeviceSession session, Supplier<TensorEngine> processor, List<KernelProvider<?>> providers) {
        this(session, Products.FP32, Packing.NONE, processor, providers);
    }

    /**
     * The same, computing products and storing activations in another way.
     *
     * @param products what the device has been found able to do
     * @param packs which values are packed
     */
    public ResidentEngine(
            DeviceSession session,
            Products products,
            Packing packs,
            Supplier<TensorEngine> processor,
            List<KernelProvider<?>> providers) {
        this.session = session;
        this.products = products;
        this.providers = List.copyOf(providers);
        pool = new ResidentPool(session, BufferPool.poisons());
        programs = new ResidentPrograms(session, products);
        dense = programs.whole(() -> new ResidentDenseKernels(programs, pool, ResidentEngine::choosers, packs.any()));
        this.packs = packs;
        packing = packs.any()
                ? Optional.of(programs.whole(() -> new Bfloat16Values(session, programs, packs == Packing.RESULTS)))
                : Optional.empty();
        this.processor = processor.get();
    }

    /** Which places of some indices choose each row, where the host knows. */
    private static Optional<ResidentDenseKernels.Choosers> choosers(Indices index, int rows) {
        return index instanceof ResidentIndices own && own.fromHost()
                ? Optional.of(new ResidentDenseKernels.Choosers(
                        own.choosers(rows).start(), own.choosers(rows).order()))
                : Optional.empty();
    }

    @Override
    public String name() {
        return session.device().backend();
    }

    @Override
    public String description() {
        return session.device().brief() + ", " + products + packs.words() + ", values stay there";
    }

    @Override
    public Parallel parallel() {
        return processor.parallel();
    }

    /** As PoCL does. */
    @Override
    public boolean onProcessor() {
        return session.device().processor();
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
    public Optional<DevicePrograms> programs() {
        return Optional.of(programs);
    }

    @Override
    public Optional<PackedValues> packing() {
        return packing;
    }

    @Override
    public long hostReads() {
        return session.reads() - crossings.reads();
    }

    @Override
    public long borrowedCalls() {
        return crossings.calls();
    }

    /** What has crossed for kernels that this device lacks. */
    public BorrowedKernels.Crossings crossings() {
        return crossings;
    }

    /** How often each kernel was asked for, by its name. */
    public Map<String, Long> launchesByKernel() {
        return session.launchesByKernel();
    }

    /** Kernels that the device was asked for. */
    public long launches() {
        return session.launches();
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

    private <K> K create(Class<K> type) {
        List<KernelProvider<?>> candidates = providers.stream()
                .filter(p -> p.type() == type && serves(p))
                .sorted(Comparator.comparing(
                                (KernelProvider<?> p) -> !p.device().equals(name()))
                        .thenComparingInt(p -> -p.priority())
                        .thenComparing(p -> p.getClass().getName()))
                .toList();
        for (KernelProvider<?> candidate : candidates) {
            try {
                return type.cast(programs.whole(() -> candidate.create(this)));
            } catch (UnsupportedOperationException e) {
                LOG.warn(
                        "{} cannot run on {}: {}",
                        candidate.getClass().getName(),
                        session.device().name(),
                        e.getMessage());
            }
        }
        return BorrowedKernels.of(type, processor.kernel(type), name(), crossings);
    }

    /** Kernels of the backend's own name, which come first, and those in OpenCL C. */
    private boolean serves(KernelProvider<?> provider) {
        return provider.device().equals(name()) || provider.device().equals(KERNELS);
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
        DeviceMemory memory = session.allocate(values.length);
        session.write(memory, 0, MemorySegment.ofArray(values), values.length);
        return ResidentBuffer.of(session, memory).slice(0, values.length);
    }

    @Override
    public Indices indices(int[] values, int range) {
        return ResidentIndices.of(session, HeapIndices.of(values, range));
    }

    @Override
    public Indices labels(int[] values, int range) {
        return ResidentIndices.of(session, HeapIndices.labels(values, range));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LOG.info(
                    "{}: {} kernels; the host has read {} times ({} bytes), and brought {} bytes over in {} copies; {}"
                            + " calls of borrowed kernels copied {} bytes; {} programs were compiled, {} came from the"
                            + " cache{}",
                    name(),
                    session.launches(),
                    hostReads(),
                    session.readBytes(),
                    session.writtenBytes(),
                    session.writes(),
                    crossings.calls(),
                    crossings.bytes(),
                    session.compiled(),
                    session.kept(),
                    session.graphs() == 0
                            ? ""
                            : "; " + session.launchesInGraphs() + " kernels ran in " + session.graphs() + " graphs");
            LOG.debug("{}: kernels by name: {}", name(), session.launchesByKernel());
            pool.trim();
            session.close();
            processor.close();
        }
    }
}
