package org.scenecontexts.opencl;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import java.util.Locale;

/**
 * An OpenCL device of this machine, with the limits that decide how it is used.
 *
 * @param handle what Aparapi launches on
 * @param platform name of the platform that offers it
 * @since 0.1
 */
public record ClDevice(OpenCLDevice handle, String platform) {

    private static final long MEBI = 1L << 20;

    /** Name given by the driver. */
    public String name() {
        return handle.getName();
    }

    /** Whether it is a graphics processor or another accelerator with memory of its own. */
    public boolean accelerator() {
        return handle.getType() != Device.TYPE.CPU;
    }

    /** Larger is preferred: accelerators before processors, then more compute units. */
    long rank() {
        return (accelerator() ? 1L << 32 : 0) + handle.getMaxComputeUnits();
    }

    /** One line with name and limits, for {@code csc info}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s (%s, %s): %d compute units, %d MiB memory, %d MiB per buffer, %d KiB local memory, work groups up to %d",
                name(),
                handle.getType(),
                platform,
                handle.getMaxComputeUnits(),
                handle.getGlobalMemSize() / MEBI,
                handle.getMaxMemAllocSize() / MEBI,
                handle.getLocalMemSize() / 1024,
                handle.getMaxWorkGroupSize());
    }
}
