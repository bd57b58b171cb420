package org.scenecontexts.resident;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.ElementType;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.SessionProgram;

/**
 * Numbers of bfloat16 where they lie, two in a word of a lent buffer, so that kernels read them without having them unpacked
 * first. Places count numbers: a slice may begin in the middle of a word.
 */
final class PackedBuffer extends DeviceBuffer {

    private static final int PER_WORD = 2;

    private final Buffer words;

    private PackedBuffer(DeviceSession session, Buffer words, DeviceMemory memory, int offset, int capacity) {
        super(session, memory, offset, capacity);
        this.words = words;
    }

    /**
     * All numbers of a buffer of this session.
     *
     * @param words room for {@code n} numbers, at least; a whole buffer, no slice
     */
    static PackedBuffer of(DeviceSession session, Buffer words, int n) {
        if (!(words instanceof SessionProgram.Lying lying) || words.offset() != 0) {
            throw new IllegalArgumentException("packed numbers were looked for in " + words + " from "
                    + words.offset() + " on, expected a whole buffer of "
                    + session.device().name());
        }
        Objects.checkFromIndexSize(0, Math.ceilDiv(n, PER_WORD), words.capacity());
        return new PackedBuffer(session, words, lying.memory(), 0, n);
    }

    @Override
    public ElementType type() {
        return ElementType.BFLOAT16;
    }

    @Override
    public void copyIn(int at, float[] from, int fromAt, int length) {
        throw fixed();
    }

    @Override
    public void copyIn(int at, MemorySegment from, int length) {
        throw fixed();
    }

    private UnsupportedOperationException fixed() {
        return new UnsupportedOperationException(
                this + " are packed and only read; write to the tensor's buffer() instead");
    }

    @Override
    public void copyOut(int at, float[] to, int toAt, int length) {
        int first = place(at, length);
        Objects.checkFromIndexSize(toAt, length, to.length);
        int word = first / PER_WORD;
        float[] both = new float[Math.ceilDiv(first + length, PER_WORD) - word];
        words.copyOut(word, both, 0, both.length);
        for (int i = 0; i < length; i++) {
            int place = first + i;
            int bits = Float.floatToRawIntBits(both[place / PER_WORD - word]);
            to[toAt + i] = Float.intBitsToFloat(place % PER_WORD == 0 ? bits << 16 : bits & 0xFFFF0000);
        }
    }

    @Override
    public void copyOut(int at, MemorySegment to, int length) {
        float[] values = new float[length];
        copyOut(at, values, 0, length);
        MemorySegment.copy(values, 0, to, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, length);
    }

    @Override
    public Buffer slice(int at, int length) {
        return new PackedBuffer(session(), words, memory(), place(at, length), length);
    }

    @Override
    public String toString() {
        return capacity() + " numbers of bfloat16 on " + session().device().name();
    }
}
