package org.scenecontexts.api.tensor;

import java.util.Optional;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.api.engine.TensorEngine;

/** The values of a tensor as {@link PackedValues} keeps them, in lent memory. */
final class Packed {

    /** Values of a tensor that is worth being packed. */
    private static final int LEAST = 1024;

    private final TensorEngine engine;
    private final PackedValues packing;
    private final int size;
    private final Buffer room;
    private final Buffer numbers;

    private Packed(TensorEngine engine, PackedValues packing, int size) {
        this.engine = engine;
        this.packing = packing;
        this.size = size;
        room = engine.buffers().take(packing.length(size));
        numbers = packing.view(size, room);
    }

    /** Room for values that are worth it, on an engine that packs; what is in it is undefined. */
    static Optional<Packed> room(TensorEngine engine, int size) {
        return size < LEAST ? Optional.empty() : engine.packing().map(packing -> new Packed(engine, packing, size));
    }

    /** Whether results of this size are packed from the beginning on. */
    static boolean results(TensorEngine engine, int size) {
        return size >= LEAST && engine.packing().filter(PackedValues::results).isPresent();
    }

    /** The values where they lie, for kernels that take packed ones. */
    Buffer numbers() {
        return numbers;
    }

    void pack(Buffer values) {
        packing.pack(size, values, room);
    }

    void unpack(Buffer values) {
        packing.unpack(size, room, values);
    }

    void give() {
        engine.buffers().give(room);
    }
}
