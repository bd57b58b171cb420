package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.scenecontexts.resident.device.NativeFunctions.unexpected;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scenecontexts.resident.device.NativeFunctions;

/**
 * The functions of NVIDIA's driver that the engine calls, through the JDK's foreign-function interface.
 *
 * <p>Handles are addresses in {@code long}s, streams and functions too. Methods return the driver's code, 0 for success.
 */
final class CudaLibrary {

    private static final List<String> NAMES = List.of("libcuda.so.1", "libcuda.so", "nvcuda.dll");

    private final NativeFunctions driver;
    private final MethodHandle init;
    private final MethodHandle version;
    private final MethodHandle errorName;
    private final MethodHandle errorText;
    private final MethodHandle deviceCount;
    private final MethodHandle device;
    private final MethodHandle deviceName;
    private final MethodHandle totalMemory;
    private final MethodHandle attribute;
    private final MethodHandle retainContext;
    private final MethodHandle releaseContext;
    private final MethodHandle setContext;
    private final MethodHandle createStream;
    private final MethodHandle destroyStream;
    private final MethodHandle synchronize;
    private final MethodHandle createEvent;
    private final MethodHandle destroyEvent;
    private final MethodHandle recordEvent;
    private final MethodHandle queryEvent;
    private final MethodHandle awaitEvent;
    private final MethodHandle allocate;
    private final MethodHandle free;
    private final MethodHandle allocatePinned;
    private final MethodHandle freePinned;
    private final MethodHandle toDevice;
    private final MethodHandle toHost;
    private final MethodHandle fill;
    private final MethodHandle loadModule;
    private final MethodHandle unloadModule;
    private final MethodHandle function;
    private final Optional<MethodHandle> parameter;
    private final MethodHandle launch;

    private CudaLibrary(NativeFunctions driver) {
        this.driver = driver;
        init = driver.code("cuInit", JAVA_INT);
        version = driver.code("cuDriverGetVersion", ADDRESS);
        errorName = driver.code("cuGetErrorName", JAVA_INT, ADDRESS);
        errorText = driver.code("cuGetErrorString", JAVA_INT, ADDRESS);
        deviceCount = driver.code("cuDeviceGetCount", ADDRESS);
        device = driver.code("cuDeviceGet", ADDRESS, JAVA_INT);
        deviceName = driver.code("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT);
        totalMemory = driver.code("cuDeviceTotalMem_v2", ADDRESS, JAVA_INT);
        attribute = driver.code("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);
        retainContext = driver.code("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT);
        releaseContext = driver.code("cuDevicePrimaryCtxRelease_v2", JAVA_INT);
        setContext = driver.code("cuCtxSetCurrent", JAVA_LONG);
        createStream = driver.code("cuStreamCreate", ADDRESS, JAVA_INT);
        destroyStream = driver.code("cuStreamDestroy_v2", JAVA_LONG);
        synchronize = driver.code("cuStreamSynchronize", JAVA_LONG);
        createEvent = driver.code("cuEventCreate", ADDRESS, JAVA_INT);
        destroyEvent = driver.code("cuEventDestroy_v2", JAVA_LONG);
        recordEvent = driver.code("cuEventRecord", JAVA_LONG, JAVA_LONG);
        queryEvent = driver.code("cuEventQuery", JAVA_LONG);
        awaitEvent = driver.code("cuEventSynchronize", JAVA_LONG);
        allocate = driver.code("cuMemAlloc_v2", ADDRESS, JAVA_LONG);
        free = driver.code("cuMemFree_v2", JAVA_LONG);
        allocatePinned = driver.code("cuMemHostAlloc", ADDRESS, JAVA_LONG, JAVA_INT);
        freePinned = driver.code("cuMemFreeHost", JAVA_LONG);
        toDevice = driver.code("cuMemcpyHtoDAsync_v2", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);
        toHost = driver.code("cuMemcpyDtoHAsync_v2", ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        fill = driver.code("cuMemsetD32Async", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
        loadModule = driver.code("cuModuleLoadData", ADDRESS, ADDRESS);
        unloadModule = driver.code("cuModuleUnload", JAVA_LONG);
        function = driver.code("cuModuleGetFunction", ADDRESS, JAVA_LONG, ADDRESS);
        // Of drivers for CUDA 12.4 and newer.
        parameter = driver.optionalCode("cuFuncGetParamInfo", JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
        launch = driver.code(
                "cuLaunchKernel",
                JAVA_LONG,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_LONG,
                ADDRESS,
                ADDRESS);
    }

    /**
     * Opens the driver.
     *
     * @param file the library; the system's when empty
     * @throws UnsupportedOperationException when there is none
     */
    static CudaLibrary load(Optional<Path> file) {
        return NativeFunctions.open(file.map(path -> List.of(path.toString())).orElse(NAMES))
                .map(CudaLibrary::new)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "no CUDA: the library of NVIDIA's driver (libcuda.so.1) is not there; install the driver, in a"
                                + " container let the host pass it in, or write device: opencl"));
    }

    /** @throws UnsupportedOperationException when the driver is too old for graphs */
    CudaGraphLibrary graphs() {
        return new CudaGraphLibrary(driver);
    }

    /** A code with the driver's name and text for it. */
    String name(int code) {
        String name = text(errorName, code);
        String text = text(errorText, code);
        return (name.isEmpty() ? "error " + code : name + " (" + code + ")") + (text.isEmpty() ? "" : ", " + text);
    }

    @SuppressWarnings("restricted")
    private static String text(MethodHandle which, int code) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            int answer = (int) which.invokeExact(code, place);
            MemorySegment found = place.get(ADDRESS, 0);
            return answer == 0 && found.address() != 0
                    ? found.reinterpret(Long.MAX_VALUE).getString(0)
                    : "";
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @throws IllegalStateException saying what failed, unless the code is success */
    void require(int code, String what) {
        if (code != 0) {
            throw new IllegalStateException(what + " failed on the CUDA device: " + name(code));
        }
    }

    /** A call that writes one handle or number. */
    @FunctionalInterface
    interface Making {
        int into(MemorySegment place);
    }

    /** What a call writes, of which only the lower half counts where it is an {@code int}. */
    long made(String what, Making making) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_LONG);
            require(making.into(place), what);
            return place.get(JAVA_LONG, 0);
        }
    }

    // ---- what there is ----------------------------------------------------------------------------------------

    int init() {
        try {
            return (int) init.invokeExact(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int version(MemorySegment version) {
        try {
            return (int) this.version.invokeExact(version);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int deviceCount(MemorySegment count) {
        try {
            return (int) deviceCount.invokeExact(count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int device(MemorySegment made, int number) {
        try {
            return (int) device.invokeExact(made, number);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int deviceName(MemorySegment name, int length, int device) {
        try {
            return (int) deviceName.invokeExact(name, length, device);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int totalMemory(MemorySegment bytes, int device) {
        try {
            return (int) totalMemory.invokeExact(bytes, device);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int attribute(MemorySegment value, int attribute, int device) {
        try {
            return (int) this.attribute.invokeExact(value, attribute, device);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- contexts, streams, events ----------------------------------------------------------------------------

    int retainContext(MemorySegment made, int device) {
        return call(retainContext, made, device);
    }

    private static int call(MethodHandle handle, MemorySegment place, int number) {
        try {
            return (int) handle.invokeExact(place, number);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int call(MethodHandle handle, long one) {
        try {
            return (int) handle.invokeExact(one);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int releaseContext(int device) {
        try {
            return (int) releaseContext.invokeExact(device);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int setContext(long context) {
        return call(setContext, context);
    }

    int createStream(MemorySegment made, int flags) {
        return call(createStream, made, flags);
    }

    int destroyStream(long stream) {
        return call(destroyStream, stream);
    }

    int synchronize(long stream) {
        return call(synchronize, stream);
    }

    int createEvent(MemorySegment made, int flags) {
        return call(createEvent, made, flags);
    }

    int destroyEvent(long event) {
        return call(destroyEvent, event);
    }

    int recordEvent(long event, long stream) {
        try {
            return (int) recordEvent.invokeExact(event, stream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int queryEvent(long event) {
        return call(queryEvent, event);
    }

    int awaitEvent(long event) {
        return call(awaitEvent, event);
    }

    // ---- memory -----------------------------------------------------------------------------------------------

    int allocate(MemorySegment made, long bytes) {
        try {
            return (int) allocate.invokeExact(made, bytes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int free(long memory) {
        return call(free, memory);
    }

    int allocatePinned(MemorySegment made, long bytes) {
        try {
            return (int) allocatePinned.invokeExact(made, bytes, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int freePinned(long memory) {
        return call(freePinned, memory);
    }

    int toDevice(long to, MemorySegment from, long bytes, long stream) {
        try {
            return (int) toDevice.invokeExact(to, from, bytes, stream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int toHost(MemorySegment to, long from, long bytes, long stream) {
        try {
            return (int) toHost.invokeExact(to, from, bytes, stream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int fill(long memory, int pattern, long count, long stream) {
        try {
            return (int) fill.invokeExact(memory, pattern, count, stream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- kernels ----------------------------------------------------------------------------------------------

    int loadModule(MemorySegment made, MemorySegment image) {
        try {
            return (int) loadModule.invokeExact(made, image);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int unloadModule(long module) {
        return call(unloadModule, module);
    }

    int function(MemorySegment made, long module, MemorySegment name) {
        try {
            return (int) function.invokeExact(made, module, name);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Whether the driver tells the parameters of functions. */
    boolean knowsParameters() {
        return parameter.isPresent();
    }

    int parameter(long function, long index, MemorySegment offset, MemorySegment size) {
        try {
            return (int) parameter.orElseThrow().invokeExact(function, index, offset, size);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Blocks of {@code items} threads along x; {@code arguments} has the places of the arguments. */
    int launch(long function, int x, int y, int z, int items, long stream, MemorySegment arguments) {
        try {
            return (int) launch.invokeExact(function, x, y, z, items, 1, 1, 0, stream, arguments, MemorySegment.NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
