package org.scenecontexts.api.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * An operator with a known gradient. Plugins add operators by extending this class; autograd needs no change for that.
 *
 * <p>An instance stands for one application: fields may carry what {@link #backward} needs (index maps, sizes). Tensors
 * that {@link #backward} reads must be registered with {@link #save}, so that their buffers live until then.
 *
 * <pre>{@code
 * final class Square extends DifferentiableOp {
 *     protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
 *         Tensor x = inputs.getFirst();
 *         Tensor y = engine.allocate(x.shape());
 *         engine.dense().multiply(x.size(), x.buffer(), x.buffer(), y.buffer());
 *         save(x);
 *         return y;
 *     }
 *     protected void backward(Tensor gradient, Gradients inputs) { ... inputs.add(0, dx); }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class DifferentiableOp {

    private final List<Tensor> saved = new ArrayList<>(2);
    private boolean applied;
    private boolean keeping;
    private boolean sparing;
    private Consumer<Buffer> maker;

    /** Name for error messages, by default the class name. */
    public String name() {
        return getClass().getSimpleName();
    }

    /**
     * Computes the output.
     *
     * @param inputs what {@link #apply} was called with
     * @return a new tensor
     */
    protected abstract Tensor forward(TensorEngine engine, List<Tensor> inputs);

    /**
     * Computes the gradients of the inputs.
     *
     * @param gradient gradient of the output, same shape; it belongs to the caller and may be overwritten, or handed on
     *     as an input's gradient through {@link Gradients#pass}
     * @param inputs takes the gradients; ask {@link Gradients#needed} first
     */
    protected abstract void backward(Tensor gradient, Gradients inputs);

    /** Whether a backward pass will follow; {@link #forward} may skip work that only serves it. */
    protected final boolean keeping() {
        return keeping;
    }

    /** Keeps a tensor's values until {@link #backward} has run. Does nothing when there will be none. */
    protected final void save(Tensor tensor) {
        if (keeping) {
            tensor.values().save();
            saved.add(tensor);
        }
    }

    /**
     * Offers to compute the output again, for {@link #forward}: an output that the rest of the network has saved is then
     * dropped when its maker {@linkplain Tensor#release releases} it, and made again when the backward pass reads it. Worth
     * it where that costs little beside what reads the output, as with norms before convolutions. Does nothing when there
     * will be no backward pass.
     *
     * @param fill writes the very same values into a buffer of at least the output's size; what it reads must be
     *     {@linkplain #save saved}
     */
    protected final void canRemake(Consumer<Buffer> fill) {
        if (keeping) {
            maker = fill;
        }
    }

    /** Reads a saved tensor once, and drops its values again if they had to be made for that; for {@link #canRemake}. */
    protected final void glance(Tensor savedTensor, Consumer<Buffer> reader) {
        savedTensor.glance(false, reader);
    }

    /**
     * The same for readers that may take packed values where they lie.
     *
     * @param packed whether the reader does
     */
    protected final void glance(Tensor savedTensor, boolean packed, Consumer<Buffer> reader) {
        savedTensor.glance(packed, reader);
    }

    /**
     * The values of an input or saved tensor, for kernels that may take packed ones.
     *
     * @param packed whether they do
     */
    protected static Buffer valuesOf(Tensor tensor, boolean packed) {
        return packed ? tensor.stored() : tensor.buffer();
    }

    /** Whether {@link #result results} of this size that kernels write packed are kept so. */
    protected static boolean keepsPacked(TensorEngine engine, int size) {
        return Packed.results(engine, size);
    }

    /**
     * Room for the output, to be written as {@link Tensor#stored()}: packed where kernels write that and the engine keeps
     * {@linkplain org.scenecontexts.api.engine.PackedValues#results results} so. What {@link #canRemake} then fills is of the
     * same type.
     *
     * @param packed whether kernels write packed values
     */
    protected static Tensor result(TensorEngine engine, boolean packed, int... shape) {
        return packed ? Tensor.result(engine, shape) : engine.allocate(shape);
    }

    /**
     * Room for a gradient of a saved tensor's shape, for {@link #backward}: the saved tensor's own buffer where this
     * operator is the last to read it, else a new one. The saved tensor cannot be read afterwards.
     */
    protected final Tensor inPlaceOf(Tensor savedTensor) {
        return savedTensor.values().lastRead() && saved.contains(savedTensor)
                ? savedTensor.handOver()
                : savedTensor.engine().allocate(savedTensor.shape());
    }

    /**
     * Says that {@link #backward} has read a saved tensor for the last time. Inside parts that are {@linkplain Recompute run
     * again}, values that others still need but that can be made again then make room; elsewhere they stay.
     */
    protected final void doneReading(Tensor savedTensor) {
        if (sparing && !savedTensor.values().lastRead()) {
            savedTensor.values().drop();
        }
    }

    final void sparing(boolean on) {
        sparing = on;
    }

    /**
     * Room for an output of an input's shape, for {@link #forward}: the input's own buffer where the caller has {@linkplain
     * Tensor#spare spared} it, else nothing. Take the buffers of all inputs before.
     *
     * @param again whether the input's values are read again later; then only what can be made again is written over
     */
    protected final Optional<Tensor> over(Tensor input, boolean again) {
        return input.values().spared(again) ? Optional.of(input.handOverNow()) : Optional.empty();
    }

    /**
     * Runs the operator and, when needed, records it.
     *
     * @throws IllegalStateException at the second call: what an instance keeps for its backward pass belongs to one
     *     application
     */
    public final Tensor apply(Tensor... inputs) {
        if (applied) {
            throw new IllegalStateException(
                    "the operator '" + name() + "' was applied a second time; an instance stands"
                            + " for one application, so make a new one for each");
        }
        applied = true;
        TensorEngine engine = inputs[0].engine();
        boolean record = false;
        if (engine.recording()) {
            for (Tensor input : inputs) {
                record |= input.requiresGrad();
            }
        }
        keeping = record;
        List<Tensor> list = List.of(inputs);
        Tensor output = forward(engine, list);
        if (record) {
            output.node(new TapeNode(this, list, output));
            output.values().maker(maker);
        }
        return output;
    }

    final void releaseSaved() {
        for (Tensor tensor : saved) {
            tensor.values().unsave();
        }
        saved.clear();
    }
}
