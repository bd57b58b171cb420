package org.scenecontexts.opencl;

import java.util.Locale;
import java.util.Map;

/**
 * Which work is sent to the device, as a pipeline's {@code device: {type: aparapi, offload: ...}} says.
 *
 * @since 0.1
 */
public enum Offload {
    /** What pays for its transfer, by measurement. */
    AUTO,
    /** Everything. */
    ALWAYS,
    /** Nothing. */
    NEVER;

    /** Reads {@code offload} of an engine's settings; {@link #AUTO} where it is missing. */
    public static Offload of(Map<String, String> settings) {
        return valueOf(settings.getOrDefault("offload", "auto").toUpperCase(Locale.ROOT));
    }
}
