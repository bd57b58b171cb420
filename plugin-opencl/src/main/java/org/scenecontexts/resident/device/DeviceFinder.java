package org.scenecontexts.resident.device;

import java.util.List;

/**
 * Finds the devices of one kind on this machine, and opens the one to use.
 *
 * @param <D> the kind
 */
public interface DeviceFinder<D extends ComputeDevice> {

    /**
     * All devices, the preferred one first.
     *
     * @throws UnsupportedOperationException when there is none; the message says what is missing
     */
    List<D> list();

    /**
     * Finds a device without opening it.
     *
     * @throws UnsupportedOperationException as {@link #open}
     */
    D choose(Wanted wanted);

    /**
     * Opens a device.
     *
     * @throws UnsupportedOperationException when there is none that can be used; the message says what there is
     */
    DeviceSession open(Wanted wanted);
}
