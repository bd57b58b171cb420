package org.scenecontexts.api.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * A dense float32 array of 1 to 3 dimensions, row-major, that remembers how it was computed.
 *
 * <p>Operations stand in {@link PointwiseOperators}, {@link GroupOperators} and {@link ShapeOperators}, by family, and in
 * {@link Losses}. They run at once. When an input requires a gradient and the engine is {@linkplain TensorEngine#recording()
 * recording}, the result remembers its inputs, and {@link #backward()} on a scalar fills {@link #grad()} of every leaf.
 *
 * <p><b>Memory.</b> Results lie in pooled buffers. {@link #backward()} gives the buffers of everything on the way to the
 * loss back as soon as they have been used, so read intermediate values before calling it. Code that knows that it does
 * not need a tensor any more may say so with {@link #release()}: without recording its buffer comes back at once; with
 * recording, values that are cheap to make again, such as those of a norm, are dropped until backward reads them, and others
 * are packed where the engine {@linkplain TensorEngine#packing() does that}. Never
 * calling it is correct and leaves the work to the garbage collector.
 *
 * @since 0.1
 */
public final class Tensor implements PointwiseOperators, GroupOperators, ShapeOperators {

    private final TensorEngine engine;
    private final int[] shape;
    private final int size;
    private final TensorValues values;
    private boolean requiresGrad;
    private Tensor grad;

    /** Where the gradient lies for good; null where it is lent from the pool each time. */
    private Tensor home;

    private TapeNode node;

    private Tensor(TensorEngine engine, TensorValues values, int... shape) {
        this.engine = engine;
        this.shape = shape.clone();
        this.size = sizeOf(shape);
        this.values = values;
    }

    /** Use {@link TensorEngine#allocate}. */
    public static Tensor pooled(TensorEngine engine, int... shape) {
        return new Tensor(engine, TensorValues.pooled(engine, sizeOf(shape)), shape);
    }

    /**
     * Room for the result of kernels that write packed values: packed where the engine {@linkplain
     * org.scenecontexts.api.engine.PackedValues#results keeps results so}, else as {@link #pooled}. Written to as {@link
     * #stored()}.
     */
    static Tensor result(TensorEngine engine, int... shape) {
        return new Tensor(engine, TensorValues.result(engine, sizeOf(shape)), shape);
    }

    /**
     * A tensor in a buffer that somebody else keeps, such as a slice of a larger one; it never goes to the pool.
     *
     * @param buffer at least as long as the shape asks
     */
    public static Tensor over(TensorEngine engine, Buffer buffer, int... shape) {
        int size = sizeOf(shape);
        if (buffer.capacity() < size) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " needs " + size
                    + " numbers, found " + buffer.capacity());
        }
        return new Tensor(engine, TensorValues.over(engine, buffer, size), shape);
    }

    private static int sizeOf(int[] shape) {
        if (shape.length < 1 || shape.length > 3) {
            throw new IllegalArgumentException(
                    "a tensor has 1 to 3 dimensions, found " + shape.length + ": " + Arrays.toString(shape));
        }
        long size = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("negative extent in shape " + Arrays.toString(shape));
            }
            size *= extent;
        }
        return Math.toIntExact(size);
    }

    public TensorEngine engine() {
        return engine;
    }

    /** Extents, outermost first. */
    public int[] shape() {
        return shape.clone();
    }

    /** Number of dimensions, 1 to 3. */
    public int rank() {
        return shape.length;
    }

    /** Number of values. */
    public int size() {
        return size;
    }

    /** Extent of the first dimension. */
    public int rows() {
        return shape[0];
    }

    /** Values per row: the product of all extents but the first; 1 for a vector. */
    public int columns() {
        int columns = 1;
        for (int i = 1; i < shape.length; i++) {
            columns *= shape[i];
        }
        return columns;
    }

    /**
     * The values, row-major, for kernels: the tensor's own buffer, which may be longer than {@link #size()} and wherever the
     * engine keeps it. Whoever is no kernel copies: {@link #toArray}, {@link #item}, {@link #set}, {@link #edit}.
     *
     * @throws IllegalStateException when the buffer has been given back
     */
    public Buffer buffer() {
        return values.floats().orElseThrow(this::gone);
    }

    private IllegalStateException gone() {
        return new IllegalStateException("the values of this " + Arrays.toString(shape) + " tensor"
                + (node == null ? "" : " (made by " + node.op().name() + ")")
                + " have been given back to the pool; read them before backward() or release()");
    }

    /**
     * The values as they lie, for kernels that say that they take packed ones: numbers of another {@link
     * org.scenecontexts.api.engine.ElementType} where values are packed, else what {@link #buffer} gives.
     *
     * @throws IllegalStateException when the buffer has been given back
     * @since 0.2
     */
    public Buffer stored() {
        return values.stored().orElseThrow(this::gone);
    }

    /** A copy of the values, exactly {@link #size()} long. */
    public float[] toArray() {
        return buffer().toArray(size);
    }

    /**
     * Gives all values anew.
     *
     * @param numbers at least {@link #size()} long; copied
     * @throws IllegalArgumentException when there are fewer
     */
    public void set(float[] numbers) {
        if (numbers.length < size) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " takes " + size
                    + " numbers, found " + numbers.length);
        }
        buffer().copyIn(0, numbers, 0, size);
        values.written();
    }

    /** Copies the values out, has them changed, and copies them back. */
    public void edit(Consumer<float[]> change) {
        float[] numbers = toArray();
        change.accept(numbers);
        set(numbers);
    }

    /** The only value of a tensor of size 1. */
    public float item() {
        if (size != 1) {
            throw new IllegalStateException("item() needs a tensor of size 1, found shape " + Arrays.toString(shape));
        }
        return buffer().get(0);
    }

    /**
     * The same values under another shape, in the same buffer, which stays until view and original are both released. It is
     * not recorded, so use it on leaves only.
     */
    public Tensor viewAs(int... newShape) {
        if (requiresGrad || sizeOf(newShape) != size) {
            throw new IllegalArgumentException("cannot view " + Arrays.toString(shape) + " as "
                    + Arrays.toString(newShape) + (requiresGrad ? ": it takes part in autograd" : ""));
        }
        return new Tensor(engine, values.view(buffer()), newShape);
    }

    // ---- autograd ---------------------------------------------------------------------------------------------

    /**
     * The tensors that a backward pass from here gives gradients to, each once: those that want one and were not computed.
     * Parameters inside parts that are {@linkplain Recompute run again} are among them where they are inputs of the part.
     */
    public List<Tensor> leaves() {
        return GraphLeaves.of(this);
    }

    /** Makes this tensor a leaf whose gradient is wanted. */
    public Tensor requireGrad() {
        requiresGrad = true;
        return this;
    }

    /**
     * Says whether the gradient of this leaf is wanted from now on; a gradient already there is forgotten with {@code false}.
     *
     * @throws IllegalStateException when this tensor was computed from others
     */
    public Tensor requireGrad(boolean wanted) {
        if (node != null) {
            throw new IllegalStateException("only leaves choose whether they need a gradient, this is " + this
                    + ", made by " + node.op().name());
        }
        requiresGrad = wanted;
        if (!wanted) {
            clearGrad();
        }
        return this;
    }

    public boolean requiresGrad() {
        return requiresGrad;
    }

    /** The gradient gathered so far for a leaf, of the same shape. */
    public Optional<Tensor> grad() {
        return Optional.ofNullable(grad);
    }

    /** Forgets the gradient. Its buffer goes back to the pool, unless it has a {@linkplain #keepGradIn place of its own}. */
    public void clearGrad() {
        if (grad != null) {
            if (grad != home) {
                grad.release();
            }
            grad = null;
        }
    }

    /**
     * Says where the gradient of this leaf lies from now on, so that it is written there and nowhere else: in a slice of a
     * buffer for all gradients, say. Clearing then marks it as not there and frees nothing.
     *
     * @param place of the same shape
     */
    public void keepGradIn(Tensor place) {
        if (!Arrays.equals(place.shape, shape) || node != null || grad != null) {
            throw new IllegalArgumentException("the gradient of " + this + " cannot be kept in " + place
                    + ": a leaf without a gradient, and a place of its shape, are expected");
        }
        home = place;
    }

    /** Where the gradient lies for good. */
    Optional<Tensor> gradientHome() {
        return Optional.ofNullable(home);
    }

    /**
     * Moves the values of this tensor, which is not pooled, to a part of another buffer, as when all parameters of a network
     * are to lie in one.
     *
     * @param place at least {@link #size()} long, on the same engine; keeps the values from now on
     */
    public void moveTo(Buffer place) {
        if (!values.movable() || place.capacity() < size) {
            throw new IllegalArgumentException("the values of " + this + " cannot be moved to " + place.capacity()
                    + " numbers: at least " + size + ", and a tensor that is neither pooled nor viewed, are expected");
        }
        engine.dense().copy(size, buffer(), place);
        values.moveTo(place);
    }

    /**
     * Computes the gradients of this scalar for all leaves that it depends on, adding to gradients already there.
     *
     * @throws IllegalStateException when this is no scalar or nothing was recorded
     */
    public void backward() {
        backward(leaf -> {});
    }

    /**
     * As {@link #backward()}, telling whenever the gradient of a leaf is complete: after every use of it in this graph,
     * those in {@linkplain Recompute parts that are run again} included.
     *
     * @param complete told each leaf that has a gradient once, while the pass still runs
     */
    public void backward(Consumer<Tensor> complete) {
        if (size != 1) {
            throw new IllegalStateException("backward() starts at a scalar, found shape " + Arrays.toString(shape));
        }
        requireRecorded();
        Tensor one = engine.allocate(shape);
        engine.dense().fill(1, 1f, one.buffer());
        BackwardPass.run(this, one, false, complete);
    }

    /**
     * As {@link #backward()}, starting from a given gradient of this tensor.
     *
     * @param gradient same shape; taken over
     */
    public void backward(Tensor gradient) {
        backward(gradient, false);
    }

    /** @param sparing whether to make values again more often rather than hold them between two reads */
    void backward(Tensor gradient, boolean sparing) {
        requireRecorded();
        BackwardPass.run(this, gradient, sparing, leaf -> {});
    }

    private void requireRecorded() {
        if (!requiresGrad) {
            throw new IllegalStateException("nothing was recorded for this tensor: no input requires a gradient, or the"
                    + " engine was in a noGrad() scope");
        }
    }

    TapeNode node() {
        return node;
    }

    void node(TapeNode newNode) {
        node = newNode;
        requiresGrad = true;
    }

    /** Adds a gradient, which is taken over. */
    void addGrad(Tensor gradient) {
        if (grad == null && (home == null || home == gradient)) {
            grad = gradient;
        } else if (grad == null) {
            engine.dense().copy(size, gradient.buffer(), home.buffer());
            gradient.release();
            grad = home;
        } else {
            engine.dense().axpy(size, 1f, gradient.buffer(), grad.buffer());
            gradient.release();
        }
    }

    Tensor takeGrad() {
        Tensor taken = grad;
        grad = null;
        return taken;
    }

    // ---- memory -----------------------------------------------------------------------------------------------

    /** Says that the caller, who made this tensor, does not need it any more. Safe to call twice and at any time. */
    public void release() {
        values.release();
    }

    /**
     * Says that the operator applied next is the last to need this tensor and may write its result over it, where it can.
     * {@linkplain #release Release} it afterwards all the same.
     */
    public void spare() {
        values.spare();
    }

    /** For operators and the backward pass: what they say of, and do with, the values. */
    TensorValues values() {
        return values;
    }

    /**
     * Reads the values once, and forgets afterwards what had to be made for that.
     *
     * @param asStored whether the reader takes packed values
     */
    void glance(boolean asStored, Consumer<Buffer> reader) {
        values.glance(() -> reader.accept(asStored ? stored() : buffer()));
    }

    /** As {@link #handOver}, but the values can still be made again where they could before. */
    Tensor handOverNow() {
        return new Tensor(engine, values.handOverNow(), shape);
    }

    /** A tensor of the same shape in this one's buffer, which this one loses for good. */
    Tensor handOver() {
        return new Tensor(engine, values.handOver(), shape);
    }

    /** The same values under another shape, in the same buffer, which stays until both are released; for an operator. */
    Tensor reshaped(int... newShape) {
        return new Tensor(engine, values.view(buffer()), newShape);
    }

    /** This tensor, which is not read afterwards, under another shape. */
    Tensor handOverAs(int... newShape) {
        return new Tensor(engine, values.handOverWhole(buffer()), newShape);
    }

    // ---- operations that have no first operand; the others are inherited --------------------------------------

    /** The columns of several matrices of as many rows, side by side. */
    @Operator(
            says = "columns of several matrices, side by side",
            shapes = "[N, C1], [N, C2], ... -> [N, C1 + C2 + ...]")
    public static Tensor concat(Tensor... parts) {
        return new ConcatColumns().apply(parts);
    }

    /** The rows of several tensors of one kind of rows, one below the other. */
    @Operator(
            says = "rows of several tensors, one below the other",
            shapes = "[N1, ...], [N2, ...], ... -> [N1 + N2 + ..., ...]")
    public static Tensor concatRows(Tensor... parts) {
        return new ShapeOps.ConcatRows().apply(parts);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape) + (requiresGrad ? " (grad)" : "");
    }
}
