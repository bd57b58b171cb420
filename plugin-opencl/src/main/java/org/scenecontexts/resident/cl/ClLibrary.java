package org.scenecontexts.resident.cl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The functions of the OpenCL loader that the engine calls, through the JDK's foreign-function interface: Aparapi, which
 * {@code opencl-support} uses, has no call that leaves an array on the device and gives a handle of it.
 *
 * <p>Handles of OpenCL's objects are addresses in {@code long}s. Methods return OpenCL's code, 0 for success, or a handle.
 */
final class ClLibrary implements ProgramCalls {

    private static final List<String> NAMES = List.of("libOpenCL.so.1", "libOpenCL.so", "OpenCL.dll");
    private static final String MAC = "/System/Library/Frameworks/OpenCL.framework/OpenCL";
    private static final MemorySegment NULL = MemorySegment.NULL;

    private final SymbolLookup symbols;
    private final MethodHandle platforms;
    private final MethodHandle platformInfo;
    private final MethodHandle devices;
    private final MethodHandle deviceInfo;
    private final MethodHandle createContext;
    private final MethodHandle createQueue;
    private final MethodHandle createBuffer;
    private final MethodHandle createProgram;
    private final MethodHandle createProgramWithBinary;
    private final MethodHandle programInfo;
    private final MethodHandle build;
    private final MethodHandle buildInfo;
    private final MethodHandle createKernel;
    private final MethodHandle setArgument;
    private final MethodHandle enqueueKernel;
    private final MethodHandle enqueueRead;
    private final MethodHandle enqueueWrite;
    private final MethodHandle enqueueFill;
    private final MethodHandle enqueueMap;
    private final MethodHandle enqueueUnmap;
    private final MethodHandle eventInfo;
    private final MethodHandle waitForEvents;
    private final MethodHandle releaseEvent;
    private final MethodHandle releaseMemory;
    private final MethodHandle releaseKernel;
    private final MethodHandle releaseProgram;
    private final MethodHandle releaseQueue;
    private final MethodHandle releaseContext;
    private final MethodHandle flush;
    private final MethodHandle finish;

    private ClLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
        platforms = returnsInt("clGetPlatformIDs", JAVA_INT, ADDRESS, ADDRESS);
        platformInfo = returnsInt("clGetPlatformInfo", JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
        devices = returnsInt("clGetDeviceIDs", JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
        deviceInfo = returnsInt("clGetDeviceInfo", JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
        createContext = returnsLong("clCreateContext", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        createQueue = returnsLong("clCreateCommandQueue", JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
        createBuffer = returnsLong("clCreateBuffer", JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
        createProgram = returnsLong("clCreateProgramWithSource", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
        createProgramWithBinary = returnsLong(
                "clCreateProgramWithBinary", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        programInfo = returnsInt("clGetProgramInfo", JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
        build = returnsInt("clBuildProgram", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        buildInfo = returnsInt("clGetProgramBuildInfo", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
        createKernel = returnsLong("clCreateKernel", JAVA_LONG, ADDRESS, ADDRESS);
        setArgument = returnsInt("clSetKernelArg", JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS);
        enqueueKernel = returnsInt(
                "clEnqueueNDRangeKernel",
                JAVA_LONG,
                JAVA_LONG,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                ADDRESS);
        enqueueRead = transfer("clEnqueueReadBuffer");
        enqueueWrite = transfer("clEnqueueWriteBuffer");
        enqueueFill = returnsInt(
                "clEnqueueFillBuffer",
                JAVA_LONG,
                JAVA_LONG,
                ADDRESS,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_INT,
                ADDRESS,
                ADDRESS);
        enqueueMap = returnsLong(
                "clEnqueueMapBuffer",
                JAVA_LONG,
                JAVA_LONG,
                JAVA_INT,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_LONG,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                ADDRESS);
        enqueueUnmap = returnsInt("clEnqueueUnmapMemObject", JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
        eventInfo = returnsInt("clGetEventInfo", JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
        waitForEvents = returnsInt("clWaitForEvents", JAVA_INT, ADDRESS);
        releaseEvent = returnsInt("clReleaseEvent", JAVA_LONG);
        releaseMemory = returnsInt("clReleaseMemObject", JAVA_LONG);
        releaseKernel = returnsInt("clReleaseKernel", JAVA_LONG);
        releaseProgram = returnsInt("clReleaseProgram", JAVA_LONG);
        releaseQueue = returnsInt("clReleaseCommandQueue", JAVA_LONG);
        releaseContext = returnsInt("clReleaseContext", JAVA_LONG);
        flush = returnsInt("clFlush", JAVA_LONG);
        finish = returnsInt("clFinish", JAVA_LONG);
    }

    /** @throws UnsupportedOperationException when there is no loader */
    static ClLibrary load() {
        ProcessorSignals.keep();
        List<String> names = System.getProperty("os.name").startsWith("Mac") ? List.of(MAC) : NAMES;
        return names.stream()
                .flatMap(name -> find(name).stream())
                .findFirst()
                .map(ClLibrary::new)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "no OpenCL: the loader (libOpenCL.so.1) is not installed; for the processor install the packages"
                                + " ocl-icd-libopencl1 and pocl-opencl-icd"));
    }

    @SuppressWarnings("restricted")
    private static Optional<SymbolLookup> find(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private MethodHandle transfer(String name) {
        return returnsInt(
                name, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    }

    private MethodHandle returnsInt(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private MethodHandle returnsLong(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    @SuppressWarnings("restricted")
    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
        MemorySegment address = symbols.find(name)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "the OpenCL loader has no " + name + "; a driver of OpenCL 1.2 or newer is needed"));
        return Linker.nativeLinker().downcallHandle(address, descriptor);
    }

    private static IllegalStateException unexpected(Throwable cause) {
        return new IllegalStateException("a call of the OpenCL loader failed", cause);
    }

    // ---- what there is ----------------------------------------------------------------------------------------

    int platforms(int room, MemorySegment ids, MemorySegment count) {
        try {
            return (int) platforms.invokeExact(room, ids, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int platformInfo(long platform, int what, long size, MemorySegment value, MemorySegment length) {
        try {
            return (int) platformInfo.invokeExact(platform, what, size, value, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int devices(long platform, long type, int room, MemorySegment ids, MemorySegment count) {
        try {
            return (int) devices.invokeExact(platform, type, room, ids, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int deviceInfo(long device, int what, long size, MemorySegment value, MemorySegment length) {
        try {
            return (int) deviceInfo.invokeExact(device, what, size, value, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- making -----------------------------------------------------------------------------------------------

    long createContext(MemorySegment properties, MemorySegment device, MemorySegment error) {
        try {
            return (long) createContext.invokeExact(properties, 1, device, NULL, NULL, error);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long createQueue(long context, long device, MemorySegment error) {
        try {
            return (long) createQueue.invokeExact(context, device, 0L, error);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long createBuffer(long context, long bytes, MemorySegment error) {
        return createBuffer(context, Codes.READ_WRITE, bytes, error);
    }

    /** A buffer in the host's memory. */
    long createHostBuffer(long context, long bytes, MemorySegment error) {
        return createBuffer(context, Codes.READ_WRITE | Codes.IN_HOST_MEMORY, bytes, error);
    }

    private long createBuffer(long context, long flags, long bytes, MemorySegment error) {
        try {
            return (long) createBuffer.invokeExact(context, flags, bytes, NULL, error);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long createProgram(long context, MemorySegment sources, MemorySegment error) {
        try {
            return (long) createProgram.invokeExact(context, 1, sources, NULL, error);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public long createProgramWithBinary(
            long context, MemorySegment device, MemorySegment length, MemorySegment binary, MemorySegment error) {
        try {
            return (long) createProgramWithBinary.invokeExact(context, 1, device, length, binary, NULL, error);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int programInfo(long program, int what, long size, MemorySegment value) {
        try {
            return (int) programInfo.invokeExact(program, what, size, value, NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int build(long program, MemorySegment device, MemorySegment options) {
        try {
            return (int) build.invokeExact(program, 1, device, options, NULL, NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int buildInfo(long program, long device, int what, long size, MemorySegment value, MemorySegment length) {
        try {
            return (int) buildInfo.invokeExact(program, device, what, size, value, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long createKernel(long program, MemorySegment name, MemorySegment error) {
        try {
            return (long) createKernel.invokeExact(program, name, error);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- the queue --------------------------------------------------------------------------------------------

    int setArgument(long kernel, int place, long size, MemorySegment value) {
        try {
            return (int) setArgument.invokeExact(kernel, place, size, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int enqueueKernel(long queue, long kernel, MemorySegment global, MemorySegment local) {
        try {
            return (int) enqueueKernel.invokeExact(queue, kernel, 3, NULL, global, local, 0, NULL, NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @param event where the event goes; no segment for waiting until it is done */
    int enqueueRead(long queue, long memory, long at, long bytes, MemorySegment to, MemorySegment event) {
        try {
            int waits = event.equals(NULL) ? 1 : 0;
            return (int) enqueueRead.invokeExact(queue, memory, waits, at, bytes, to, 0, NULL, event);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int enqueueWrite(long queue, long memory, long at, long bytes, MemorySegment from, MemorySegment event) {
        try {
            return (int) enqueueWrite.invokeExact(queue, memory, 0, at, bytes, from, 0, NULL, event);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int enqueueFill(long queue, long memory, MemorySegment pattern, long bytes) {
        try {
            return (int) enqueueFill.invokeExact(queue, memory, pattern, pattern.byteSize(), 0L, bytes, 0, NULL, NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Where a buffer in the host's memory lies, for reading and writing; waits for everything before. */
    @SuppressWarnings("restricted")
    MemorySegment map(long queue, long memory, long bytes, MemorySegment error) {
        try {
            long address = (long)
                    enqueueMap.invokeExact(queue, memory, 1, Codes.MAP_READ_WRITE, 0L, bytes, 0, NULL, NULL, error);
            return MemorySegment.ofAddress(address).reinterpret(bytes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int unmap(long queue, long memory, MemorySegment mapped) {
        try {
            return (int) enqueueUnmap.invokeExact(queue, memory, mapped, 0, NULL, NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int eventInfo(long event, int what, MemorySegment value) {
        try {
            return (int) eventInfo.invokeExact(event, what, value.byteSize(), value, NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int waitFor(MemorySegment event) {
        try {
            return (int) waitForEvents.invokeExact(1, event);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int flush(long queue) {
        return one(flush, queue);
    }

    int finish(long queue) {
        return one(finish, queue);
    }

    // ---- ending -----------------------------------------------------------------------------------------------

    int releaseEvent(long event) {
        return one(releaseEvent, event);
    }

    int releaseMemory(long memory) {
        return one(releaseMemory, memory);
    }

    int releaseKernel(long kernel) {
        return one(releaseKernel, kernel);
    }

    @Override
    public int releaseProgram(long program) {
        return one(releaseProgram, program);
    }

    int releaseQueue(long queue) {
        return one(releaseQueue, queue);
    }

    int releaseContext(long context) {
        return one(releaseContext, context);
    }

    private static int one(MethodHandle function, long handle) {
        try {
            return (int) function.invokeExact(handle);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
