package org.scenecontexts.resident.cuda;

import java.util.Locale;
import org.scenecontexts.resident.device.ComputeDevice;

/**
 * A card of NVIDIA's.
 *
 * @param ordinal its number for the driver
 * @param driver the newest CUDA that the driver is for
 */
public record CudaDevice(
        int ordinal,
        String name,
        String driver,
        int units,
        long memory,
        int groupItems,
        long localBytes,
        int capability)
        implements ComputeDevice {

    /** What {@code device:} calls such devices. */
    public static final String BACKEND = "cuda";

    @Override
    public String backend() {
        return BACKEND;
    }

    @Override
    public String kind() {
        return "CUDA";
    }

    @Override
    public String platform() {
        return String.format(Locale.ROOT, "compute capability %d.%d", capability / 10, capability % 10);
    }

    @Override
    public boolean processor() {
        return false;
    }

    /** One buffer may have all of the memory. */
    @Override
    public long largestBuffer() {
        return memory;
    }

    @Override
    public boolean doubles() {
        return true;
    }
}
