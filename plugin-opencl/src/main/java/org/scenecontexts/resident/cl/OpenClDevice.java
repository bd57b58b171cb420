package org.scenecontexts.resident.cl;

import org.scenecontexts.resident.device.ComputeDevice;

/**
 * An OpenCL device of this machine.
 *
 * @param id OpenCL's handle
 * @param platformId OpenCL's handle of its platform
 */
public record OpenClDevice(
        long id,
        long platformId,
        String name,
        String platform,
        String driver,
        boolean processor,
        int units,
        long memory,
        long largestBuffer,
        int groupItems,
        long localBytes,
        boolean doubles,
        int capability)
        implements ComputeDevice {

    /** What {@code device:} calls such devices. */
    public static final String BACKEND = "opencl";

    @Override
    public String backend() {
        return BACKEND;
    }

    @Override
    public String kind() {
        return "OpenCL";
    }

    /** Larger is preferred: accelerators before processors, then more compute units. */
    long rank() {
        return (processor ? 0 : 1L << 32) + units;
    }
}
