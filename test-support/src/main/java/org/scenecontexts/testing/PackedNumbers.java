package org.scenecontexts.testing;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.PackedValues;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * The same numbers twice, so that kernels can be held to giving the same for both: where they lie packed, and unpacked as float32.
 *
 * @param packed of the type that the engine packs to
 * @param floats what is left of them after packing
 */
public record PackedNumbers(Buffer packed, Buffer floats) {

    /**
     * Packs numbers of an engine that does that.
     *
     * @param values the first {@code from} are left out of both, so that they begin at any place
     */
    public static PackedNumbers of(TensorEngine engine, float[] values, int from) {
        PackedValues packing = engine.packing().orElseThrow();
        int n = values.length;
        Buffer words = engine.buffers().take(Math.max(1, packing.length(n)));
        packing.pack(n, engine.bufferOf(values), words);
        Buffer floats = engine.bufferOf(new float[n]);
        packing.unpack(n, words, floats);
        return new PackedNumbers(packing.view(n, words).slice(from, n - from), floats.slice(from, n - from));
    }

    /** Room for {@code n} packed numbers from some place on, in words that are not-a-number in both halves. */
    public static Buffer room(TensorEngine engine, int n, int from) {
        PackedValues packing = engine.packing().orElseThrow();
        int words = packing.length(n + from);
        float poison = Float.intBitsToFloat(0x7FC07FC0);
        Buffer room = engine.buffers().take(words);
        float[] values = new float[words];
        Arrays.fill(values, poison);
        room.copyIn(0, values, 0, words);
        return packing.view(n + from, room).slice(from, n);
    }

    /** Numbers as packing rounds them. */
    public static float[] rounded(TensorEngine engine, float[] values) {
        return of(engine, values, 0).floats.toArray(values.length);
    }
}
