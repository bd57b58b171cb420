package org.scenecontexts.resident.cl;

import java.util.Map;

/** OpenCL's numbers (cl.h), and what its errors mean. */
final class Codes {

    static final long ALL_DEVICES = 0xFFFFFFFFL;
    static final long READ_WRITE = 1;
    static final long IN_HOST_MEMORY = 1 << 4;
    static final long MAP_READ_WRITE = 3;
    static final int PLATFORM_NAME = 0x0902;
    static final int CONTEXT_PLATFORM = 0x1084;
    static final int DEVICE_TYPE = 0x1000;
    static final int DEVICE_COMPUTE_UNITS = 0x1002;
    static final int DEVICE_GROUP_ITEMS = 0x1004;
    static final int DEVICE_LARGEST_BUFFER = 0x1010;
    static final int DEVICE_MEMORY = 0x101F;
    static final int DEVICE_LOCAL_BYTES = 0x1023;
    static final int DEVICE_NAME = 0x102B;
    static final int DRIVER_VERSION = 0x102D;
    static final int DEVICE_EXTENSIONS = 0x1030;
    static final int DEVICE_DOUBLES = 0x1032;
    static final int DEVICE_CAPABILITY_MAJOR = 0x4000;
    static final int DEVICE_CAPABILITY_MINOR = 0x4001;
    static final long TYPE_CPU = 2;
    static final int PROGRAM_BINARY_SIZES = 0x1165;
    static final int PROGRAM_BINARIES = 0x1166;
    static final int BUILD_LOG = 0x1183;
    static final int EVENT_STATUS = 0x11D3;
    static final int NO_DEVICE = -1;
    static final int ALLOCATION_FAILED = -4;
    static final int OUT_OF_RESOURCES = -5;
    static final int OUT_OF_HOST_MEMORY = -6;
    static final int BUILD_FAILED = -11;
    static final int BUFFER_SIZE = -61;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(NO_DEVICE, "no device"),
            Map.entry(ALLOCATION_FAILED, "no memory for an object"),
            Map.entry(OUT_OF_RESOURCES, "out of resources"),
            Map.entry(OUT_OF_HOST_MEMORY, "out of host memory"),
            Map.entry(BUILD_FAILED, "the compiler refused the source"),
            Map.entry(-36, "invalid queue"),
            Map.entry(-38, "invalid memory object"),
            Map.entry(-42, "an invalid compiled program"),
            Map.entry(-46, "no kernel of this name"),
            Map.entry(-48, "invalid kernel"),
            Map.entry(-49, "a kernel has no parameter of this number"),
            Map.entry(-50, "an argument of the wrong kind"),
            Map.entry(-51, "an argument of another size than its parameter"),
            Map.entry(-52, "a parameter without an argument"),
            Map.entry(-54, "invalid size of groups"),
            Map.entry(BUFFER_SIZE, "larger than a buffer may be"),
            Map.entry(-1001, "no platform: no driver is registered in /etc/OpenCL/vendors"));

    private Codes() {}

    /** A code with what it means. */
    static String name(int code) {
        return NAMES.getOrDefault(code, "error") + " (" + code + ")";
    }

    /** @throws IllegalStateException saying what failed, unless the code is success */
    static void require(int code, String what) {
        if (code != 0) {
            throw new IllegalStateException(what + " failed on the OpenCL device: " + name(code));
        }
    }

    /** Whether a code says that memory is missing. */
    static boolean noMemory(int code) {
        return code == ALLOCATION_FAILED || code == OUT_OF_RESOURCES || code == OUT_OF_HOST_MEMORY;
    }
}
