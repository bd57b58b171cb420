package org.scenecontexts.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.exception.QueryFailedException;
import com.aparapi.internal.kernel.KernelManager;

/**
 * Runs Aparapi kernels on one OpenCL device and nowhere else: Aparapi's own fall-back to Java threads is reported as a
 * failure.
 *
 * @since 0.1
 */
public final class ClLauncher implements Launcher {

    /** DeviceWork items per group: a few warps of a graphics processor, and enough to vectorise over on a processor. */
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
    public int maxGroup(Kernel kernel) {
        prepare(kernel);
        try {
            return Math.min(device.handle().getMaxWorkGroupSize(), kernel.getKernelMaxWorkGroupSize(device.handle()));
        } catch (QueryFailedException e) {
            throw new DeviceFailure(device.name() + " does not say how large groups of " + name(kernel) + " can be", e);
        }
    }

    @Override
    public void prepare(Kernel kernel) {
        try {
            kernel.compile(device.handle());
        } catch (CompileFailedException | RuntimeException | LinkageError e) {
            throw new DeviceFailure("translation of " + name(kernel) + " for OpenCL failed: " + e, e);
        }
    }

    @Override
    public void run(Kernel kernel, int items) {
        int size = Math.min(GROUP, device.handle().getMaxWorkGroupSize());
        long padded = ((long) items + size - 1) / size * size;
        if (padded > Integer.MAX_VALUE) {
            throw new DeviceFailure(
                    name(kernel) + " would need " + items + " work items, more than one launch can have");
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
        } catch (RuntimeException | AssertionError | OutOfMemoryError e) {
            throw failed(kernel, e);
        }
        // Where Aparapi went on in Java it says nothing: the list of failed devices is the only sign.
        if (!KernelManager.instance().getPreferences(kernel).getFailedDevices().isEmpty()) {
            throw failed(kernel, null);
        }
    }

    private DeviceFailure failed(Kernel kernel, Throwable cause) {
        return new DeviceFailure(
                name(kernel) + " could not be run on " + device.name()
                        + "; the usual reason is that its memory is full (the device has "
                        + (device.handle().getGlobalMemSize() >> 20) + " MiB, "
                        + (device.handle().getMaxMemAllocSize() >> 20) + " MiB for one array)",
                cause);
    }

    private static String name(Kernel kernel) {
        return kernel.getClass().getSimpleName();
    }
}
