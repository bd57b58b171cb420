package org.scenecontexts.resident.device;

import java.util.Locale;

/** What is known of a device before it is used, so that one can be chosen and told whichever driver offers it. */
public interface ComputeDevice {

    /** What {@code device:} calls those of its kind, such as {@code opencl}. */
    String backend();

    /** How its kind is named in messages, such as {@code OpenCL}. */
    String kind();

    /** Given by the driver. */
    String name();

    /** Name of the platform that offers it. */
    String platform();

    /** Version of the driver. */
    String driver();

    /** Whether it is the machine's processor. */
    boolean processor();

    /** Compute units, each of which runs groups of its own. */
    int units();

    /** Bytes. */
    long memory();

    /** Bytes of the largest buffer. */
    long largestBuffer();

    /** Most items of a group. */
    int groupItems();

    /** Local memory of a group, bytes. */
    long localBytes();

    /** Whether it computes in double precision. */
    boolean doubles();

    /** NVIDIA's compute capability, ten times: 80 for 8.0; 0 for other devices. */
    int capability();

    /**
     * Whether it has matrix units with the instructions that kernels use: from compute capability 8.0 on they take TF32 and
     * bfloat16, and copies to local memory run beside them.
     */
    default boolean matrixUnits() {
        return capability() >= 80;
    }

    /** Name, driver and memory, for logs and reports. */
    default String brief() {
        return String.format(
                Locale.ROOT, "%s (%s, %s, driver %s), %d MiB", name(), kind(), platform(), driver(), memory() >> 20);
    }

    /** One line with name and limits, for {@code csc info}. */
    default String describe() {
        return String.format(
                Locale.ROOT,
                "%s (%s%s, driver %s): %d compute units, %d MiB memory, %d MiB per buffer%s%s",
                name(),
                processor() ? "processor, " : "",
                platform(),
                driver(),
                units(),
                memory() >> 20,
                largestBuffer() >> 20,
                matrixUnits() ? ", compute: fp32, tf32 or bf16" : "",
                doubles() ? "" : ", no double precision: cannot be used");
    }
}
