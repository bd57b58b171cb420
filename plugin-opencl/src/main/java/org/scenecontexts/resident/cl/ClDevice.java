package org.scenecontexts.resident.cl;

import java.util.Locale;

/**
 * An OpenCL device of this machine.
 *
 * @param id OpenCL's handle
 * @param platformId OpenCL's handle of its platform
 * @param name given by the driver
 * @param platform name of the platform that offers it
 * @param driver version of the driver
 * @param processor whether it is the machine's processor
 * @param units compute units
 * @param memory bytes
 * @param largestBuffer bytes of the largest buffer
 * @param groupItems most items of a group
 * @param localBytes local memory of a group, bytes
 * @param doubles whether it computes in double precision
 * @param capability NVIDIA's compute capability, ten times: 80 for 8.0; 0 for other devices
 */
public record ClDevice(
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
        int capability) {

    private static final long MEBI = 1L << 20;

    /** From which compute capability on matrix units take TF32 and bfloat16, and copies to local memory run beside them. */
    private static final int AMPERE = 80;

    /** Whether it has matrix units with the instructions that kernels use. */
    public boolean matrixUnits() {
        return capability >= AMPERE;
    }

    /** Larger is preferred: accelerators before processors, then more compute units. */
    long rank() {
        return (processor ? 0 : 1L << 32) + units;
    }

    /** Name, driver and memory, for logs and reports. */
    public String brief() {
        return String.format(Locale.ROOT, "%s (OpenCL, %s, driver %s), %d MiB", name, platform, driver, memory / MEBI);
    }

    /** One line with name and limits, for {@code csc info}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s (%s%s, driver %s): %d compute units, %d MiB memory, %d MiB per buffer%s%s",
                name,
                processor ? "processor, " : "",
                platform,
                driver,
                units,
                memory / MEBI,
                largestBuffer / MEBI,
                matrixUnits() ? ", compute: fp32, tf32 or bf16" : "",
                doubles ? "" : ", no double precision: cannot be used");
    }
}
