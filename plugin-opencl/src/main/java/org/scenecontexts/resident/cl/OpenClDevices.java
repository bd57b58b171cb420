package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.scenecontexts.resident.device.DeviceFinder;
import org.scenecontexts.resident.device.DeviceSession;
import org.scenecontexts.resident.device.ProgramCache;
import org.scenecontexts.resident.device.Wanted;

/** Finds the OpenCL devices of this machine and opens the one to use. */
public final class OpenClDevices implements DeviceFinder<OpenClDevice> {

    private final ClLibrary library;
    private final Function<OpenClDevice, Optional<ProgramCache>> cache;

    private OpenClDevices(ClLibrary library, Function<OpenClDevice, Optional<ProgramCache>> cache) {
        this.library = library;
        this.cache = cache;
    }

    /**
     * Devices whose compiled programs are kept in the user's cache; those of processors are not, for PoCL keeps its own and takes
     * many times as long to give a program as to compile what is used of it.
     *
     * @throws UnsupportedOperationException when the loader of OpenCL is missing; the message says what to install
     */
    public static OpenClDevices find() {
        return new OpenClDevices(
                ClLibrary.load(),
                device ->
                        device.processor() ? Optional.empty() : Optional.of(ProgramCache.ofUser(OpenClDevice.BACKEND)));
    }

    /** The same with the compiled programs of every device in another place. */
    public static OpenClDevices find(ProgramCache cache) {
        return new OpenClDevices(ClLibrary.load(), device -> Optional.of(cache));
    }

    @Override
    public List<OpenClDevice> list() {
        List<OpenClDevice> devices = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            for (long platform : platforms(arena)) {
                devices(arena, platform, devices);
            }
        }
        if (devices.isEmpty()) {
            throw new UnsupportedOperationException(
                    "no OpenCL device: no driver that is registered in /etc/OpenCL/vendors offers one; for the"
                            + " processor install pocl-opencl-icd, and where a card's driver is not listed name its"
                            + " library in the environment variable OCL_ICD_VENDORS (NVIDIA: libnvidia-opencl.so.1)");
        }
        devices.sort(Comparator.comparingLong((OpenClDevice device) -> -device.rank())
                .thenComparing(OpenClDevice::name));
        return List.copyOf(devices);
    }

    @Override
    public DeviceSession open(Wanted wanted) {
        OpenClDevice device = wanted.of(list());
        return new ClSession(library, device, cache.apply(device), wanted.memory());
    }

    @Override
    public OpenClDevice choose(Wanted wanted) {
        return wanted.of(list());
    }

    private long[] platforms(Arena arena) {
        MemorySegment count = arena.allocate(JAVA_INT);
        int code = library.platforms(0, MemorySegment.NULL, count);
        int found = code == 0 ? count.get(JAVA_INT, 0) : 0;
        MemorySegment ids = arena.allocate(JAVA_LONG, Math.max(1, found));
        if (found > 0) {
            Codes.require(library.platforms(found, ids, MemorySegment.NULL), "listing the platforms");
        }
        return ids.asSlice(0, found * 8L).toArray(JAVA_LONG);
    }

    private void devices(Arena arena, long platform, List<OpenClDevice> into) {
        MemorySegment count = arena.allocate(JAVA_INT);
        int code = library.devices(platform, Codes.ALL_DEVICES, 0, MemorySegment.NULL, count);
        if (code != 0 || count.get(JAVA_INT, 0) == 0) {
            return;
        }
        MemorySegment ids = arena.allocate(JAVA_LONG, count.get(JAVA_INT, 0));
        Codes.require(
                library.devices(platform, Codes.ALL_DEVICES, count.get(JAVA_INT, 0), ids, MemorySegment.NULL),
                "listing the devices");
        String name =
                text((size, value, length) -> library.platformInfo(platform, Codes.PLATFORM_NAME, size, value, length));
        for (long id : ids.toArray(JAVA_LONG)) {
            String extensions = text(id, Codes.DEVICE_EXTENSIONS);
            into.add(new OpenClDevice(
                    id,
                    platform,
                    text(id, Codes.DEVICE_NAME),
                    name,
                    text(id, Codes.DRIVER_VERSION),
                    (number(arena, id, Codes.DEVICE_TYPE) & Codes.TYPE_CPU) != 0,
                    (int) number(arena, id, Codes.DEVICE_COMPUTE_UNITS),
                    number(arena, id, Codes.DEVICE_MEMORY),
                    number(arena, id, Codes.DEVICE_LARGEST_BUFFER),
                    (int) number(arena, id, Codes.DEVICE_GROUP_ITEMS),
                    number(arena, id, Codes.DEVICE_LOCAL_BYTES),
                    number(arena, id, Codes.DEVICE_DOUBLES) != 0 || extensions.contains("cl_khr_fp64"),
                    extensions.contains("cl_nv_device_attribute_query")
                            ? 10 * (int) number(arena, id, Codes.DEVICE_CAPABILITY_MAJOR)
                                    + (int) number(arena, id, Codes.DEVICE_CAPABILITY_MINOR)
                            : 0));
        }
    }

    /** A call that gives a text: its length first, then the text. */
    @FunctionalInterface
    interface Text {
        int into(long size, MemorySegment value, MemorySegment length);
    }

    /** A text of OpenCL, without the zero at its end. */
    static String text(Text call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_LONG);
            Codes.require(call.into(0, MemorySegment.NULL, length), "asking for a name");
            long size = length.get(JAVA_LONG, 0);
            MemorySegment value = arena.allocate(Math.max(1, size));
            Codes.require(call.into(size, value, MemorySegment.NULL), "asking for a name");
            byte[] bytes = value.asSlice(0, size).toArray(JAVA_BYTE);
            return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
        }
    }

    private String text(long device, int what) {
        return text((size, value, length) -> library.deviceInfo(device, what, size, value, length));
    }

    /** A number of four or eight bytes; 0 where the driver does not know it. */
    private long number(Arena arena, long device, int what) {
        MemorySegment value = arena.allocate(JAVA_LONG);
        int code = library.deviceInfo(device, what, 8, value, MemorySegment.NULL);
        return code == 0 ? value.get(JAVA_LONG, 0) : 0;
    }
}
