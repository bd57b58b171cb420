package org.scenecontexts.api.engine;

/**
 * Says that a device's memory has no room for a buffer, with the numbers from which a training finds the batch that would fit.
 *
 * @since 0.2
 */
public final class DeviceFullException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final long wanted;
    private final long taken;
    private final long capacity;

    /**
     * @param message what was wanted of which device, and what can be done
     * @param wanted bytes of the buffer
     * @param taken bytes that the engine has from the device already
     * @param capacity bytes that it may have
     */
    public DeviceFullException(String message, long wanted, long taken, long capacity) {
        super(message);
        this.wanted = wanted;
        this.taken = taken;
        this.capacity = capacity;
    }

    /** Bytes of the buffer that there was no room for. */
    public long wanted() {
        return wanted;
    }

    /** Bytes that the engine had from the device. */
    public long taken() {
        return taken;
    }

    /** Bytes that it may have. */
    public long capacity() {
        return capacity;
    }
}
