package org.scenecontexts.resident.cl;

import java.util.Locale;

/** Says that a device has no room for a buffer, and what can be done. */
public final class DeviceMemoryException extends IllegalStateException {

    private static final long serialVersionUID = 1;
    private static final double MEBI = 1 << 20;

    DeviceMemoryException(long bytes, ClDevice device, String code) {
        super(String.format(
                Locale.ROOT,
                "the OpenCL device %s has no room for a buffer of %.1f MiB (it has %.0f MiB, at most %.0f MiB in one"
                        + " buffer): %s; use a smaller batch, larger voxels or recompute: true",
                device.name(),
                bytes / MEBI,
                device.memory() / MEBI,
                device.largestBuffer() / MEBI,
                code));
    }
}
