package org.scenecontexts.api.tensor;

import java.util.Optional;
import java.util.function.Consumer;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Keeps the values of a tensor, as float32, {@linkplain Packed packed}, both, or neither where they can be made again, and gives their
 * memory back when nobody needs them any more: neither who made them, nor an operator that has saved them, nor a view.
 */
final class TensorValues {

    private final TensorEngine engine;
    private final int size;
    private final boolean pooled;

    /** Whose buffer a view has. */
    private final Optional<TensorValues> base;

    /** Whether this is a result that is packed from the beginning on: its values are those that fit there. */
    private final boolean packs;

    /** The values as float32; null where they have been given back, or were never there. */
    private Buffer buffer;

    /** The packed values; null where there are none. */
    private Packed packed;

    /** Makes the values again, packed where that is how this result is kept; null when they cannot be. */
    private Consumer<Buffer> maker;

    private boolean owned = true;
    private int views;
    private int saves;

    private TensorValues(
            TensorEngine engine,
            int size,
            Buffer buffer,
            boolean pooled,
            Optional<TensorValues> base,
            Optional<Packed> packed) {
        this.engine = engine;
        this.size = size;
        this.buffer = buffer;
        this.pooled = pooled;
        this.base = base;
        this.packed = packed.orElse(null);
        packs = packed.isPresent();
    }

    /** In a lent buffer. */
    static TensorValues pooled(TensorEngine engine, int size) {
        return new TensorValues(engine, size, engine.buffers().take(size), true, Optional.empty(), Optional.empty());
    }

    /** Of a result whose kernels write packed values: packed where the engine keeps results so, else in a lent buffer. */
    static TensorValues result(TensorEngine engine, int size) {
        return Packed.results(engine, size)
                ? new TensorValues(engine, size, null, true, Optional.empty(), Packed.room(engine, size))
                : pooled(engine, size);
    }

    /** In a buffer that somebody else keeps. */
    static TensorValues over(TensorEngine engine, Buffer buffer, int size) {
        return new TensorValues(engine, size, buffer, false, Optional.empty(), Optional.empty());
    }

    // ---- reading and writing ----------------------------------------------------------------------------------

    /** The values as float32, unpacked or made again where that is needed; empty where they are gone. */
    Optional<Buffer> floats() {
        if (buffer == null && packed().isPresent()) {
            buffer = engine.buffers().take(size);
            packed.unpack(buffer);
        } else if (buffer == null && maker != null) {
            buffer = engine.buffers().take(size);
            maker.accept(buffer);
        }
        return Optional.ofNullable(buffer);
    }

    /** The values as they lie: packed where they are, else as float32; empty where they are gone. */
    Optional<Buffer> stored() {
        return packed().map(Packed::numbers).or(this::floats);
    }

    /** The packed values, made again where this result is kept so. */
    private Optional<Packed> packed() {
        if (packed == null && packs && maker != null) {
            packed = Packed.room(engine, size).orElseThrow();
            maker.accept(packed.numbers());
        }
        return Optional.ofNullable(packed);
    }

    /** Says that {@link #floats} have other values now. */
    void written() {
        forgetPacked();
    }

    /** Says how the values can be made again, or with null that they cannot be any more. */
    void maker(Consumer<Buffer> newMaker) {
        maker = newMaker;
    }

    /**
     * Reads the values once, and forgets afterwards what had to be made for that.
     *
     * @param reader takes them as {@link #stored} or as {@link #floats}
     */
    void glance(Runnable reader) {
        boolean hadFloats = buffer != null;
        boolean hadPacked = packed != null;
        reader.run();
        if (!hadFloats) {
            dropFloats();
        }
        if (!hadPacked) {
            dropPacked();
        }
    }

    // ---- who needs them ---------------------------------------------------------------------------------------

    void save() {
        saves++;
    }

    void unsave() {
        saves--;
        freeIfUnused();
    }

    /** Says that who made them does not need them any more; what somebody has saved stays as it is. */
    void disown() {
        owned = false;
        freeIfUnused();
    }

    /** Says that the operator applied next may write over them. */
    void spare() {
        owned = false;
    }

    /** As {@link #disown}, and what somebody has saved makes room: dropped where it can be made again, else packed where the engine does that. */
    void release() {
        disown();
        if (maker == null) {
            pack();
        }
        drop();
    }

    private void pack() {
        if (idle() && saves > 0 && buffer != null && packed == null) {
            Packed.room(engine, size).ifPresent(room -> {
                room.pack(buffer);
                packed = room;
            });
        }
    }

    /** Gives back all memory of values that can be made again; whoever reads them next does that. */
    void drop() {
        dropFloats();
        dropPacked();
    }

    /** Whether nobody but operators that have saved these values needs them, and their memory is the pool's. */
    private boolean idle() {
        return !owned && pooled && views == 0;
    }

    private void dropFloats() {
        if (idle() && buffer != null && (maker != null || packed != null)) {
            giveFloats();
        }
    }

    private void dropPacked() {
        if (idle() && maker != null) {
            forgetPacked();
        }
    }

    private void giveFloats() {
        engine.buffers().give(buffer);
        buffer = null;
    }

    private void forgetPacked() {
        if (packed != null) {
            packed.give();
            packed = null;
        }
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
            giveFloats();
        } else if (base.isPresent()) {
            buffer = null;
            base.get().viewReleased();
        }
    }

    private void viewReleased() {
        views--;
        freeIfUnused();
    }

    // ---- handing over -----------------------------------------------------------------------------------------

    /** Whether nobody but one operator that has saved these values will read them. */
    boolean lastRead() {
        return idle() && saves == 1 && buffer != null;
    }

    /**
     * Whether who made these values has {@linkplain #spare spared} them and nobody has saved them.
     *
     * @param again whether they must be there to read later
     */
    boolean spared(boolean again) {
        return idle() && saves == 0 && buffer != null && (!again || maker != null || packed != null);
    }

    /** Values in this one's buffer, which this one loses for good. */
    TensorValues handOver() {
        TensorValues heir = new TensorValues(engine, size, buffer, true, Optional.empty(), Optional.empty());
        buffer = null;
        maker = null;
        return heir;
    }

    /** As {@link #handOver}, but these can still be made again where they could before. */
    TensorValues handOverNow() {
        Consumer<Buffer> kept = maker;
        TensorValues heir = handOver();
        maker = kept;
        return heir;
    }

    /**
     * These values, which are not read here afterwards, with whatever keeps their buffer.
     *
     * @param floats what {@link #floats} has given
     */
    TensorValues handOverWhole(Buffer floats) {
        TensorValues heir = new TensorValues(engine, size, floats, pooled, base, Optional.empty());
        forgetPacked();
        buffer = null;
        maker = null;
        return heir;
    }

    /**
     * A view: the same values in the same buffer, which stays until both are released.
     *
     * @param floats what {@link #floats} has given
     */
    TensorValues view(Buffer floats) {
        views++;
        return new TensorValues(engine, size, floats, false, Optional.of(this), Optional.empty());
    }

    /** Whether they may lie elsewhere from now on: they are neither pooled, nor a view, nor viewed. */
    boolean movable() {
        return !pooled && base.isEmpty() && views == 0;
    }

    /** Keeps them in another place from now on, which has been given the values. */
    void moveTo(Buffer place) {
        buffer = place;
    }
}
