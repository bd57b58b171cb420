package org.scenecontexts.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;

/**
 * Runs Aparapi kernels on one OpenCL device and nowhere else: Aparapi's own fall-back to Java threads is reported as a
 * failure.
 *
 * @since 0.1
 */
public final class ClLauncher implements Launcher {

    /** Work items per group: a few warps of a graphics processor, and enough to vectorise over on a processor. */
    private static final int GROUP = 64;

    private final ClDevice device;

    public ClLauncher(ClDevice device) {
        this.device = device;
    }

    @Override
    public String device() {
        return device.name();
    }

    @Override
    public boolean accelerator() {
        return device.accelerator();
    }

    @Override
    public int maxGroup() {
        return device.handle().getMaxWorkGroupSize();
    }

    @Override
    public void prepare(Kernel kernel) {
        try {
            kernel.compile(device.handle());
        } catch (CompileFailedException | RuntimeException | LinkageError e) {
            throw failure("translation of " + name(kernel) + " for OpenCL failed: " + e, e);
        }
    }

    @Override
    public void run(Kernel kernel, int items) {
        int size = Math.min(GROUP, maxGroup());
        long padded = ((long) items + size - 1) / size * size;
        if (padded > Integer.MAX_VALUE) {
            throw new DeviceFailure(name(kernel) + " would need " + items + " work items, more than one launch can have");
        }
        launch(kernel, (int) padded, size);
    }

    @Override
    public void runGroups(Kernel kernel, int groups, int size) {
        launch(kernel, Math.multiplyExact(groups, size), size);
    }

    private void launch(Kernel kernel, int global, int local) {
        prepare(kernel);
        try {
            kernel.execute(Range.create(device.handle(), global, local));
        } catch (RuntimeException | OutOfMemoryError e) {
            throw failure(name(kernel) + " failed on " + device.name() + ": " + e, e);
        }
        // Aparapi says nothing when it had to run in Java: the list of failed devices is the only sign.
        if (!KernelManager.instance().getPreferences(kernel).getFailedDevices().isEmpty()) {
            throw new DeviceFailure(name(kernel) + " could not be launched on " + device.name()
                    + " (out of memory is the usual reason: the device has "
                    + (device.handle().getGlobalMemSize() >> 20) + " MiB)");
        }
    }

    private static DeviceFailure failure(String message, Throwable cause) {
        return new DeviceFailure(message, cause);
    }

    private static String name(Kernel kernel) {
        return kernel.getClass().getSimpleName();
    }
}
