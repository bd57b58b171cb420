package org.scenecontexts.opencl;

import java.util.Locale;

/**
 * Compares launch, transfer and arithmetic on the device with arithmetic on the processor, all at measured rates.
 *
 * @param operator for listings
 * @param link cost of talking to the device
 * @param deviceRate operations per second on the device, without launch and transfer
 * @param cpuRate operations per second of the processor's operator
 * @since 0.1
 */
public record MeasuredRule(String operator, Link link, double deviceRate, double cpuRate) implements Rule {

    private static final double SECONDS = 0.25;

    /**
     * Measures both sides on a sample of typical size.
     *
     * @param work size of the sample
     * @param onDevice runs the sample on the device
     * @param onCpu runs it on the processor
     * @throws DeviceFailure when the device does not run it
     */
    public static MeasuredRule measure(String operator, Link link, DeviceWork work, Runnable onDevice, Runnable onCpu) {
        double device = Stopwatch.best(onDevice, SECONDS);
        double cpu = Stopwatch.best(onCpu, SECONDS);
        double arithmetic = Math.max(device - link.seconds(work), device / 20);
        return new MeasuredRule(operator, link, work.operations() / arithmetic, work.operations() / cpu);
    }

    @Override
    public boolean pays(DeviceWork work) {
        return link.seconds(work) + work.operations() / deviceRate < work.operations() / cpuRate;
    }

    @Override
    public String describe() {
        String rates =
                String.format(Locale.ROOT, "device %.2f, CPU %.2f G operations/s", deviceRate / 1e9, cpuRate / 1e9);
        if (deviceRate <= cpuRate) {
            return operator + ": CPU (" + rates + ")";
        }
        // Per byte, since both grow with the size of a call.
        double intensity = 1 / link.bytesPerSecond() / (1 / cpuRate - 1 / deviceRate);
        return String.format(
                Locale.ROOT, "%s: device from %.1f operations per byte, else CPU (%s)", operator, intensity, rates);
    }
}
