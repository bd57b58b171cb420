package org.scenecontexts.resident.device;

import java.lang.ref.Cleaner;

/**
 * A piece of the device's memory; given back by {@link #free}, or when nobody has it any more. Commands that were asked for
 * before still find it.
 */
public final class DeviceMemory {

    private final DeviceSession session;
    private final long handle;
    private final int elements;
    private final Cleaner.Cleanable cleanable;

    /** @param release gives it back; does not know this object */
    DeviceMemory(DeviceSession session, long handle, int elements, Cleaner cleaner, Runnable release) {
        this.session = session;
        this.handle = handle;
        this.elements = elements;
        cleanable = cleaner.register(this, release);
    }

    /** Numbers or indices of four bytes that there is room for. */
    public int elements() {
        return elements;
    }

    /** Bytes. */
    public long bytes() {
        return 4L * elements;
    }

    DeviceSession session() {
        return session;
    }

    /** The driver's name for it: OpenCL's object, CUDA's address. */
    public long handle() {
        return handle;
    }

    /** Gives it back; nothing may be asked of it afterwards. */
    public void free() {
        cleanable.clean();
    }
}
