package org.scenecontexts.api.engine;

import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Where tensors live and are computed: a device, its threads, its buffers and its kernels.
 *
 * <p>One engine serves one training or evaluation at a time and is driven by one thread, which spreads work over
 * {@link #parallel()} itself.
 *
 * @since 0.1
 */
public interface TensorEngine extends AutoCloseable {

    /** The name for {@code device:}, e.g. {@code cpu}. */
    String name();

    /** One line for logs: what computes, and why this choice was made. */
    String description();

    Parallel parallel();

    /**
     * What is promised about computing the same again; the test kit holds an engine to it.
     *
     * @since 0.2
     */
    default Repeatability repeatability() {
        return Repeatability.NUMBERS;
    }

    BufferPool buffers();

    DenseKernels dense();

    /**
     * The best implementation on this engine of an operator that a plugin defines.
     *
     * @param type the plugin's kernel interface
     * @throws IllegalStateException when no {@link KernelProvider} offers one; the message lists those that were asked
     */
    <K> K kernel(Class<K> type);

    /**
     * The processor's kernels for an operator, where values lie elsewhere: what they need is copied there and back, and counted
     * by the engine. For kernels that are {@linkplain KernelProvider#COMPOSED composed} of others and leave to the processor
     * what it does once per batch, such as finding neighbours. On the heap they are the engine's own.
     *
     * @param type the plugin's kernel interface
     * @throws UnsupportedOperationException when this engine has memory of its own and lends none, which is the default
     * @since 0.2
     */
    default <K> K borrowed(Class<K> type) {
        if (onHeap()) {
            return kernel(type);
        }
        throw new UnsupportedOperationException("device '" + name() + "' lends no " + type.getSimpleName()
                + " of the processor; an engine with memory of its own overrides borrowed(), see BorrowedKernels");
    }

    /**
     * What the pipeline says about this device for those who bring kernels, e.g. {@code offload} and {@code name} of
     * {@code aparapi}; empty where there is nothing to say.
     */
    default Map<String, String> settings() {
        return Map.of();
    }

    /**
     * Whether numbers lie on the Java heap, where looking at one costs nothing. Elsewhere a training looks at them only where
     * it writes a line to its log, and lays parameters, gradients and moments out in one buffer each.
     */
    default boolean onHeap() {
        return false;
    }

    /**
     * Whether it is the processor's cores that compute, so that threads beside them take their time away: then one thread
     * prepares samples where a pipeline does not say how many, elsewhere as many as there are cores. On the heap it is so.
     *
     * @since 0.2
     */
    default boolean onProcessor() {
        return onHeap();
    }

    /**
     * How often the host has waited for numbers so far, those left out that {@linkplain #borrowed borrowed} kernels were given.
     * What stands in a training's log is that of its steps, without the figures of the log itself; on the heap nothing waits.
     *
     * @since 0.2
     */
    default long hostReads() {
        return 0;
    }

    /**
     * How often a kernel of the processor was asked for so far, whose numbers had to be copied there and back.
     *
     * @since 0.2
     */
    default long borrowedCalls() {
        return 0;
    }

    /** Seed, iteration and numbers for operators that need chance; one for as long as the engine lives. */
    Draws draws();

    /**
     * How kernels in OpenCL C come to the device that this engine's buffers lie on, for the {@link KernelProvider}s of its
     * name; empty where it takes none.
     */
    default Optional<DevicePrograms> programs() {
        return Optional.empty();
    }

    /**
     * How values are kept in less memory; empty where they stay float32.
     *
     * @since 0.2
     */
    default Optional<PackedValues> packing() {
        return Optional.empty();
    }

    /** Whether operations are recorded for {@link Tensor#backward()}. */
    boolean recording();

    /** Stops recording until closed: {@code try (var scope = engine.noGrad()) { ... }}. May be nested. */
    Scope noGrad();

    /**
     * A buffer with these numbers, which is not pooled. An engine on the heap keeps the array itself, others copy it: do not
     * write to it afterwards.
     */
    Buffer bufferOf(float[] values);

    /**
     * Row numbers from the host. An engine on the heap keeps the array itself, others copy it: do not write to it afterwards,
     * and make them once per batch, with {@link org.scenecontexts.api.data.PointBatch#derived}.
     *
     * @param range what all have to be below, such as the rows of what they choose from
     * @throws IndexOutOfBoundsException naming the first that is not in {@code 0 .. range - 1}
     */
    Indices indices(int[] values, int range);

    /**
     * Class labels from the host, as {@link #indices}, but negative ones mean that there is none.
     *
     * @param range number of classes
     * @throws IllegalArgumentException naming the first that is not below {@code range}
     */
    Indices labels(int[] values, int range);

    /** A tensor with undefined values, its buffer lent from the pool. */
    default Tensor allocate(int... shape) {
        return Tensor.pooled(this, shape);
    }

    /** A pooled tensor of zeros. */
    default Tensor zeros(int... shape) {
        Tensor tensor = allocate(shape);
        dense().fill(tensor.size(), 0f, tensor.buffer());
        return tensor;
    }

    /**
     * A tensor of these numbers, which never goes to the pool; as {@link #bufferOf}, do not write to the array afterwards.
     *
     * @param data at least as long as the shape asks
     */
    default Tensor wrap(float[] data, int... shape) {
        return Tensor.over(this, bufferOf(data), shape);
    }

    @Override
    void close();

    /** Something that ends when closed. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
