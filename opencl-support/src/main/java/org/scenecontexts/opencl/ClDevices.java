package org.scenecontexts.opencl;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds the OpenCL devices of this machine and picks the one to use.
 *
 * @since 0.1
 */
public final class ClDevices {

    private static final String LOG_LEVEL = "com.aparapi.logLevel";

    private ClDevices() {}

    /**
     * All devices, the preferred one first.
     *
     * @throws UnsupportedOperationException when there is no OpenCL here; the message says what is missing
     */
    public static List<ClDevice> list() {
        List<ClDevice> devices = new ArrayList<>();
        List<OpenCLPlatform> platforms = platforms();
        for (OpenCLPlatform platform : platforms) {
            for (OpenCLDevice device : platform.getOpenCLDevices()) {
                devices.add(new ClDevice(device, platform.getName()));
            }
        }
        if (platforms.isEmpty()) {
            throw new UnsupportedOperationException(
                    "no OpenCL platform: the loader libOpenCL.so.1 or a driver for it is"
                            + " not installed (for the processor: packages ocl-icd-libopencl1 and pocl-opencl-icd)");
        }
        if (devices.isEmpty()) {
            throw new UnsupportedOperationException("no OpenCL device: platform "
                    + platforms.stream().map(OpenCLPlatform::getName).collect(Collectors.joining(", "))
                    + " offers none");
        }
        devices.sort(
                Comparator.comparingLong((ClDevice device) -> -device.rank()).thenComparing(ClDevice::name));
        return List.copyOf(devices);
    }

    /**
     * The device to use.
     *
     * @param name part of the wanted device's or platform's name, in any case; empty for the preferred one
     * @throws UnsupportedOperationException when there is none; the message says what there is
     */
    public static ClDevice choose(String name) {
        List<ClDevice> devices = list();
        String wanted = name.toLowerCase(Locale.ROOT);
        return devices.stream()
                .filter(device -> (device.name() + " " + device.platform())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .findFirst()
                .orElseThrow(() -> new UnsupportedOperationException("no OpenCL device is named '" + name + "'; found "
                        + devices.stream().map(ClDevice::name).collect(Collectors.joining(", "))));
    }

    /** One line per device for {@code csc info}; says which one would be used. */
    public static List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (ClDevice device : list()) {
            lines.add((lines.isEmpty() ? "used unless 'name' says otherwise: " : "also there: ") + device.describe());
        }
        return lines;
    }

    private static List<OpenCLPlatform> platforms() {
        if (System.getProperty(LOG_LEVEL) == null) {
            // Read when Aparapi's first class is loaded. Failures are told by us, once, and not with stack traces.
            System.setProperty(LOG_LEVEL, "OFF");
        }
        try {
            return new OpenCLPlatform().getOpenCLPlatforms();
        } catch (LinkageError e) {
            throw new UnsupportedOperationException("no OpenCL platform: the native part of Aparapi does not load ("
                    + e.getMessage() + "); is libOpenCL.so.1 installed?");
        }
    }
}
