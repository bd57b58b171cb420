package org.scenecontexts.runtime.guard;

/**
 * A part of a plugin has thrown something, or has given back what its interface does not allow. The message names the part
 * and its plugin, what was found and expected, and the next step.
 *
 * @since 0.1
 */
public final class PluginFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient PluginPart part;

    PluginFaultException(PluginPart part, String message) {
        super(part + ": " + message);
        this.part = part;
    }

    PluginFaultException(PluginPart part, String message, Throwable cause) {
        super(part + ": " + message, cause);
        this.part = part;
    }

    /** Who is at fault. */
    public PluginPart part() {
        return part;
    }
}
