package org.scenecontexts.opencl;

/**
 * Says why a kernel could not be translated or run on a device, so that its caller can go on with the CPU operator.
 *
 * @since 0.1
 */
public final class DeviceFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message what failed, where, and why */
    public DeviceFailure(String message) {
        super(message);
    }

    /**
     * @param message what failed, where, and why
     * @param cause what Aparapi threw
     */
    public DeviceFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
