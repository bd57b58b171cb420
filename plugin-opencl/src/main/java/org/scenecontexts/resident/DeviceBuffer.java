package org.scenecontexts.resident;

import java.util.Objects;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.resident.device.DeviceMemory;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.SessionProgram;

/** A stretch of numbers in a device's memory, of whatever type: where it begins and how long it is. */
abstract class DeviceBuffer implements Buffer, SessionProgram.Lying {

    private final DeviceSession session;
    private final DeviceMemory memory;
    private final int offset;
    private final int capacity;

    /**
     * @param offset number of that memory that it begins at
     * @param capacity numbers
     */
    DeviceBuffer(DeviceSession session, DeviceMemory memory, int offset, int capacity) {
        this.session = session;
        this.memory = memory;
        this.offset = offset;
        this.capacity = capacity;
    }

    /**
     * Where a part begins in the memory.
     *
     * @throws IndexOutOfBoundsException when it is not inside
     */
    final int place(int at, int length) {
        return offset + Objects.checkFromIndexSize(at, length, capacity);
    }

    final DeviceSession session() {
        return session;
    }

    @Override
    public final DeviceMemory memory() {
        return memory;
    }

    @Override
    public final int offset() {
        return offset;
    }

    @Override
    public final int capacity() {
        return capacity;
    }

    @Override
    public final String device() {
        return session.device().backend();
    }
}
