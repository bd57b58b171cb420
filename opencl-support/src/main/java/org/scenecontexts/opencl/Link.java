package org.scenecontexts.opencl;

import java.util.Locale;

/**
 * What it costs to talk to a device.
 *
 * @param launchSeconds for a launch that does next to nothing
 * @param bytesPerSecond there and back together
 * @since 0.1
 */
public record Link(double launchSeconds, double bytesPerSecond) {

    private static final int NUMBERS = 1 << 21;

    /** Measures both with a kernel that copies; takes some tens of milliseconds, and the translation. */
    public static Link measure(Launcher launcher) {
        CopyKernel kernel = new CopyKernel();
        launcher.prepare(kernel);
        double launch = Stopwatch.best(() -> launcher.run(kernel, 1), 0.02);
        kernel.count = NUMBERS;
        kernel.in = new float[NUMBERS];
        kernel.out = new float[NUMBERS];
        double copy = Stopwatch.best(() -> launcher.run(kernel, NUMBERS), 0.1);
        kernel.dispose();
        return new Link(launch, 8.0 * NUMBERS / Math.max(copy - launch, copy / 10));
    }

    /** Seconds that a call spends on everything but arithmetic. */
    public double seconds(DeviceWork work) {
        return launchSeconds + work.bytes() / bytesPerSecond;
    }

    /** For logs. */
    public String describe() {
        return String.format(
                Locale.ROOT, "launch %.0f us, transfer %.1f GB/s", launchSeconds * 1e6, bytesPerSecond / 1e9);
    }
}
