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
    private final boolean pooled;
    private final Optional<Tensor> base;
    private Buffer buffer;
    private boolean owned = true;
    private int views;
    private int saves;
    private boolean requiresGrad;
    private Tensor grad;

    /** Where the gradient lies for good; null where it is lent from the pool each time. */
    private Tensor home;

    private TapeNode node;

    /** Makes the values again, packed where that is how this result is kept; null when they cannot be. */
    private Consumer<Buffer> maker;

    /** Whether this is a result that is packed from the beginning on: its values are those that fit there. */
    private boolean packs;

    /** The packed values; null where there are none. */
    private Packed packed;

    private Tensor(TensorEngine engine, Buffer buffer, boolean pooled, Optional<Tensor> base, int[] shape) {
        this.engine = engine;
        this.shape = shape.clone();
        this.size = sizeOf(shape);
        this.buffer = buffer;
        this.pooled = pooled;
        this.base = base;
        if (buffer != null && buffer.capacity() < size) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " needs " + size
                    + " numbers, found " + buffer.capacity());
        }
    }

    /** Use {@link TensorEngine#allocate}. */
    public static Tensor pooled(TensorEngine engine, int... shape) {
        return new Tensor(engine, engine.buffers().take(sizeOf(shape)), true, Optional.empty(), shape);
    }

    /**
     * Room for the result of kernels that write packed values: packed where the engine {@linkplain
     * org.scenecontexts.api.engine.PackedValues#results keeps results so}, else as {@link #pooled}. Written to as {@link
     * #stored()}.
     */
    static Tensor result(TensorEngine engine, int... shape) {
        int size = sizeOf(shape);
        if (!Packed.results(engine, size)) {
            return pooled(engine, shape);
        }
        Tensor tensor = new Tensor(engine, null, true, Optional.empty(), shape);
        tensor.packs = true;
        tensor.packed = Packed.room(engine, size).orElseThrow();
        return tensor;
    }

    /**
     * A tensor in a buffer that somebody else keeps, such as a slice of a larger one; it never goes to the pool.
     *
     * @param buffer at least as long as the shape asks
     */
    public static Tensor over(TensorEngine engine, Buffer buffer, int... shape) {
        return new Tensor(engine, buffer, false, Optional.empty(), shape);
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
        if (buffer == null && there().isPresent()) {
            buffer = engine.buffers().take(size);
            packed.unpack(buffer);
        } else if (buffer == null && maker != null) {
            buffer = engine.buffers().take(size);
            maker.accept(buffer);
        }
        if (buffer == null) {
            throw new IllegalStateException("the values of this " + Arrays.toString(shape) + " tensor"
                    + (node == null ? "" : " (made by " + node.op().name() + ")")
                    + " have been given back to the pool; read them before backward() or release()");
        }
        return buffer;
    }

    /**
     * The values as they lie, for kernels that say that they take packed ones: numbers of another {@link
     * org.scenecontexts.api.engine.ElementType} where values are packed, else what {@link #buffer} gives.
     *
     * @throws IllegalStateException when the buffer has been given back
     * @since 0.2
     */
    public Buffer stored() {
        return there().map(Packed::numbers).orElseGet(this::buffer);
    }

    /** The packed values, made again where this result is kept so; empty where there are none. */
    private Optional<Packed> there() {
        if (packed == null && packs && maker != null) {
            packed = Packed.room(engine, size).orElseThrow();
            maker.accept(packed.numbers());
        }
        return Optional.ofNullable(packed);
    }

    /** A copy of the values, exactly {@link #size()} long. */
    public float[] toArray() {
        return buffer().toArray(size);
    }

    /**
     * Gives all values anew.
     *
     * @param values at least {@link #size()} long; copied
     * @throws IllegalArgumentException when there are fewer
     */
    public void set(float[] values) {
        if (values.length < size) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " takes " + size
                    + " numbers, found " + values.length);
        }
        buffer().copyIn(0, values, 0, size);
        forgetPacked();
    }

    /** Copies the values out, has them changed, and copies them back. */
    public void edit(Consumer<float[]> change) {
        float[] values = toArray();
        change.accept(values);
        set(values);
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
        views++;
        return new Tensor(engine, buffer(), false, Optional.of(this), newShape);
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
        if (pooled || base.isPresent() || views > 0 || place.capacity() < size) {
            throw new IllegalArgumentException("the values of " + this + " cannot be moved to " + place.capacity()
                    + " numbers: at least " + size + ", and a tensor that is neither pooled nor viewed, are expected");
        }
        engine.dense().copy(size, buffer, place);
        buffer = place;
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
        disown();
        if (maker == null) {
            pack();
        }
        drop();
    }

    /** Has the engine keep what somebody has saved in less memory, where it does that. */
    private void pack() {
        if (!owned && pooled && views == 0 && saves > 0 && buffer != null && packed == null) {
            Packed.room(engine, size).ifPresent(room -> {
                room.pack(buffer);
                packed = room;
            });
        }
    }

    /**
     * Says that the operator applied next is the last to need this tensor and may write its result over it, where it can.
     * {@linkplain #release Release} it afterwards all the same.
     */
    public void spare() {
        owned = false;
    }

    /** As {@link #release}, but values that somebody has saved stay even if they could be made again. */
    void disown() {
        owned = false;
        freeIfUnused();
    }

    /** Says how the values can be made again, or with null that they cannot be any more. */
    void maker(Consumer<Buffer> newMaker) {
        maker = newMaker;
    }

    /**
     * Reads the values once, and forgets afterwards what had to be made for that.
     *
     * @param asStored whether the reader takes packed values
     */
    void glance(boolean asStored, Consumer<Buffer> reader) {
        boolean floats = buffer != null;
        boolean numbers = packed != null;
        reader.accept(asStored ? stored() : buffer());
        if (!floats) {
            dropFloats();
        }
        if (!numbers) {
            dropPacked();
        }
    }

    /** Gives back all memory of values that can be made again; whoever reads them next does that. */
    void drop() {
        dropFloats();
        dropPacked();
    }

    private boolean droppable() {
        return !owned && pooled && views == 0;
    }

    private void dropFloats() {
        if (droppable() && buffer != null && (maker != null || packed != null)) {
            engine.buffers().give(buffer);
            buffer = null;
        }
    }

    private void dropPacked() {
        if (droppable() && maker != null) {
            forgetPacked();
        }
    }

    private void forgetPacked() {
        if (packed != null) {
            packed.give();
            packed = null;
        }
    }

    /** Whether nobody but one operator that has saved this tensor will read it. */
    boolean lastRead() {
        return !owned && pooled && views == 0 && saves == 1 && buffer != null;
    }

    /**
     * Whether the caller has {@linkplain #spare spared} this tensor and nobody has saved it.
     *
     * @param again whether its values must be there to read later
     */
    boolean spared(boolean again) {
        return !owned
                && pooled
                && views == 0
                && saves == 0
                && buffer != null
                && (!again || maker != null || packed != null);
    }

    /** As {@link #handOver}, but the values can still be made again where they could before. */
    Tensor handOverNow() {
        Consumer<Buffer> kept = maker;
        Tensor heir = handOver();
        maker = kept;
        return heir;
    }

    /** A tensor of the same shape in this one's buffer, which this one loses for good. */
    Tensor handOver() {
        Tensor heir = new Tensor(engine, buffer, true, Optional.empty(), shape);
        buffer = null;
        maker = null;
        return heir;
    }

    /** The same values under another shape, in the same buffer, which stays until both are released; for an operator. */
    Tensor reshaped(int... newShape) {
        Buffer values = buffer();
        views++;
        return new Tensor(engine, values, false, Optional.of(this), newShape);
    }

    /** This tensor, which is not read afterwards, under another shape. */
    Tensor handOverAs(int... newShape) {
        Tensor heir = new Tensor(engine, buffer(), pooled, base, newShape);
        forgetPacked();
        buffer = null;
        maker = null;
        return heir;
    }

    void save() {
        saves++;
    }

    void unsave() {
        saves--;
        freeIfUnused();
    }

    private void freeIfUnused() {
        if (owned || saves > 0 || views > 0) {
            return;
        }
        forgetPacked();
        if (buffer == null) {
            return;
        }
        if (pooled) {
            engine.buffers().give(buffer);
            buffer = null;
        } else if (base.isPresent()) {
            buffer = null;
            base.get().viewReleased();
        }
    }

    private void viewReleased() {
        views--;
        freeIfUnused();
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
