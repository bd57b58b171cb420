package org.scenecontexts.resident.device;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Which of a machine's devices is meant.
 *
 * @param name part of the device's or platform's name, in any case; empty for any
 * @param card which of those that have the name, counted from 0 in the order of {@code csc info}; the first when left out
 * @param accelerator whether a processor is taken only where {@code name} or {@code card} asks for it
 * @param memory most bytes that are taken of its memory; all when left out
 */
public record Wanted(String name, OptionalInt card, boolean accelerator, OptionalLong memory) {

    /** The preferred device of a name; of any when it is empty. */
    public static Wanted named(String name) {
        return new Wanted(name, OptionalInt.empty(), false, OptionalLong.empty());
    }

    /**
     * The device that is meant.
     *
     * @param <D> their kind
     * @param devices all that there are, at least one, the preferred one first
     * @throws UnsupportedOperationException when none of them is meant or it cannot be used; the message says what there is
     */
    public <D extends ComputeDevice> D of(List<D> devices) {
        String kind = devices.getFirst().kind();
        List<D> named = devices.stream().filter(this::isNamed).toList();
        if (named.isEmpty()) {
            throw new UnsupportedOperationException(
                    "no " + kind + " device is named '" + name + "'; found " + listing(devices));
        }
        int at = card.orElse(0);
        if (at >= named.size()) {
            throw new UnsupportedOperationException("there is no " + kind + " device of number " + at
                    + (name.isEmpty() ? "" : " among those named '" + name + "'") + ", they are counted from 0; found "
                    + listing(named));
        }
        D device = named.get(at);
        if (accelerator && name.isEmpty() && card.isEmpty() && device.processor()) {
            throw new UnsupportedOperationException(noAccelerator(devices));
        }
        if (!device.doubles()) {
            throw new UnsupportedOperationException("the " + kind + " device " + device.name()
                    + " has no double precision (cl_khr_fp64), which sums, norms and losses need; choose another with"
                    + " 'name' or 'card', or device: cpu");
        }
        return device;
    }

    private boolean isNamed(ComputeDevice device) {
        return (device.name() + " " + device.platform())
                .toLowerCase(Locale.ROOT)
                .contains(name.toLowerCase(Locale.ROOT));
    }

    private static String noAccelerator(List<? extends ComputeDevice> devices) {
        return "no graphics card or other accelerator: OpenCL found only " + listing(devices)
                + ". Install the card's driver; where it is there but not listed in /etc/OpenCL/vendors, as in many"
                + " containers, name its library in the environment variable OCL_ICD_VENDORS (NVIDIA:"
                + " libnvidia-opencl.so.1). To compute on the processor write device: cpu";
    }

    private static String listing(List<? extends ComputeDevice> devices) {
        return devices.stream().map(ComputeDevice::name).collect(Collectors.joining(", "));
    }
}
