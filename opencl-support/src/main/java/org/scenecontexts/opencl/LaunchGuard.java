package org.scenecontexts.opencl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between an operator and a device that may fail: the first failure is told once, with its reason, and from then on
 * everything stays on the processor.
 *
 * @since 0.1
 */
public final class LaunchGuard {

    private static final Logger log = LoggerFactory.getLogger(LaunchGuard.class);

    private final String operators;
    private boolean usable = true;

    /** @param operators what computes here, for the warning */
    public LaunchGuard(String operators) {
        this.operators = operators;
    }

    /**
     * Tries to compute on the device.
     *
     * @return whether it is done; if not, the caller computes it on the processor
     */
    public synchronized boolean attempt(Runnable onDevice) {
        if (!usable) {
            return false;
        }
        try {
            onDevice.run();
            return true;
        } catch (DeviceFailure e) {
            usable = false;
            log.warn(
                    "OpenCL is no longer used for {}, which run on the CPU from now on: {}", operators, e.getMessage());
            return false;
        }
    }
}
