package org.scenecontexts.resident;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.ElementType;
import org.scenecontexts.api.engine.Event;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;

/**
 * Numbers that lie in the device's memory, or a part of them: a slice is the same memory and another first number, since
 * OpenCL's own parts must begin at multiples of what the device says.
 */
final class ResidentBuffer extends DeviceBuffer {

    private ResidentBuffer(DeviceSession session, DeviceMemory memory, int offset, int capacity) {
        super(session, memory, offset, capacity);
    }

    /** All of a piece of memory. */
    static ResidentBuffer of(DeviceSession session, DeviceMemory memory) {
        return new ResidentBuffer(session, memory, 0, memory.elements());
    }

    @Override
    public ElementType type() {
        return ElementType.FLOAT32;
    }

    @Override
    public void copyIn(int at, float[] from, int fromAt, int length) {
        session().write(memory(), place(at, length), DeviceSession.of(from, fromAt, length), length);
    }

    @Override
    public void copyOut(int at, float[] to, int toAt, int length) {
        int place = place(at, length);
        Objects.checkFromIndexSize(toAt, length, to.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(Math.max(4, 4L * length), 4);
            session().read(memory(), place, values, length);
            MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, 0, to, toAt, length);
        }
    }

    @Override
    public void copyIn(int at, MemorySegment from, int length) {
        session().write(memory(), place(at, length), from, length);
    }

    @Override
    public void copyOut(int at, MemorySegment to, int length) {
        if (to.isNative()) {
            session().read(memory(), place(at, length), to.asSlice(0, 4L * length), length);
            return;
        }
        float[] values = toArray(at, length);
        MemorySegment.copy(values, 0, to, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, length);
    }

    private float[] toArray(int at, int length) {
        float[] values = new float[length];
        copyOut(at, values, 0, length);
        return values;
    }

    @Override
    public Event copyInLater(int at, MemorySegment from, int length) {
        if (!from.isNative()) {
            copyIn(at, from, length);
            return Event.DONE;
        }
        return session().writeLater(memory(), place(at, length), from.asSlice(0, 4L * length), length);
    }

    @Override
    public Event copyOutLater(int at, MemorySegment to, int length) {
        if (!to.isNative()) {
            copyOut(at, to, length);
            return Event.DONE;
        }
        return session().readLater(memory(), place(at, length), to.asSlice(0, 4L * length), length);
    }

    @Override
    public Buffer slice(int at, int length) {
        return at == 0 && length == capacity()
                ? this
                : new ResidentBuffer(session(), memory(), place(at, length), length);
    }

    @Override
    public String toString() {
        return capacity() + " numbers on " + session().device().name();
    }
}
