package org.scenecontexts.opencl;

import com.aparapi.Kernel;

/**
 * Runs kernels on a device; an interface, so that tests can let a device fail.
 *
 * @since 0.1
 */
public interface Launcher {

    /** The device's name, for logs. */
    String device();

    /** Whether the device is not the processor itself: kernels may want another split of their work. */
    boolean accelerator();

    /**
     * Most work items that one group of a kernel can have; drivers allow some kernels fewer than the device could.
     *
     * @throws DeviceFailure when the kernel cannot be prepared
     */
    int maxGroup(Kernel kernel);

    /**
     * Translates and builds a kernel, so that nothing but its execution remains.
     *
     * @throws DeviceFailure when that is not possible
     */
    void prepare(Kernel kernel);

    /**
     * Runs a kernel over at least {@code items} work items; the kernel leaves out those beyond.
     *
     * @throws DeviceFailure when the device did not run it; results are undefined then
     */
    void run(Kernel kernel, int items);

    /**
     * Runs a kernel over groups of a given size, which may share local memory and wait for one another.
     *
     * @param size work items per group, at most {@link #maxGroup}
     * @throws DeviceFailure when the device did not run it; results are undefined then
     */
    void runGroups(Kernel kernel, int groups, int size);
}
