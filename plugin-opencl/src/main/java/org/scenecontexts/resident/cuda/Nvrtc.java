package org.scenecontexts.resident.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.scenecontexts.resident.device.NativeFunctions.unexpected;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scenecontexts.resident.device.NativeFunctions;

/** NVIDIA's run-time compiler of CUDA C++: a library of its own beside the driver, which not every machine has. */
final class Nvrtc {

    /** The folder that it lies in, or its file, where the system does not find it: the JVM's property. */
    static final String PROPERTY = "csc.nvrtc";

    /** The same as an environment variable. */
    static final String VARIABLE = "CSC_NVRTC";

    private static final List<String> NAMES =
            List.of("libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so", "nvrtc64_130_0.dll", "nvrtc64_120_0.dll");

    /** Where toolkits are installed that the system's loader is not told of. */
    private static final List<String> FOLDERS = List.of("/usr/local/cuda/lib64", "/opt/cuda/lib64");

    private final MethodHandle version;
    private final MethodHandle architectureCount;
    private final MethodHandle architectures;
    private final MethodHandle create;
    private final MethodHandle compile;
    private final MethodHandle logSize;
    private final MethodHandle log;
    private final MethodHandle cubinSize;
    private final MethodHandle cubin;
    private final MethodHandle ptxSize;
    private final MethodHandle ptx;
    private final MethodHandle destroy;

    private Nvrtc(NativeFunctions library) {
        version = library.code("nvrtcVersion", ADDRESS, ADDRESS);
        architectureCount = library.code("nvrtcGetNumSupportedArchs", ADDRESS);
        architectures = library.code("nvrtcGetSupportedArchs", ADDRESS);
        create = library.code("nvrtcCreateProgram", ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
        compile = library.code("nvrtcCompileProgram", JAVA_LONG, JAVA_INT, ADDRESS);
        logSize = library.code("nvrtcGetProgramLogSize", JAVA_LONG, ADDRESS);
        log = library.code("nvrtcGetProgramLog", JAVA_LONG, ADDRESS);
        cubinSize = library.code("nvrtcGetCUBINSize", JAVA_LONG, ADDRESS);
        cubin = library.code("nvrtcGetCUBIN", JAVA_LONG, ADDRESS);
        ptxSize = library.code("nvrtcGetPTXSize", JAVA_LONG, ADDRESS);
        ptx = library.code("nvrtcGetPTX", JAVA_LONG, ADDRESS);
        destroy = library.code("nvrtcDestroyProgram", ADDRESS);
    }

    /** Where the user says that it lies: the property goes before the variable. */
    static Optional<Path> told() {
        return Stream.of(
                        System.getProperty(PROPERTY, ""),
                        Optional.ofNullable(System.getenv(VARIABLE)).orElse(""))
                .filter(place -> !place.isBlank())
                .findFirst()
                .map(Path::of);
    }

    /**
     * Opens it.
     *
     * @param place its file or folder; where the system and toolkits have it when empty
     * @throws UnsupportedOperationException when it is not there; the message says how to name it
     */
    static Nvrtc load(Optional<Path> place) {
        List<String> names = place.map(Nvrtc::in).orElseGet(() -> {
            List<String> all = new ArrayList<>(NAMES);
            FOLDERS.forEach(folder -> all.addAll(in(Path.of(folder))));
            return all;
        });
        return NativeFunctions.open(names)
                .map(Nvrtc::new)
                .orElseThrow(() -> new UnsupportedOperationException("no NVRTC, which compiles kernels for CUDA: "
                        + place.map(there -> "there is none in " + there + " (looked for " + NAMES.getFirst() + " and "
                                        + NAMES.get(1) + ")")
                                .orElse("neither " + NAMES.getFirst() + " nor " + NAMES.get(1) + " is found")
                        + "; install it (it comes with the CUDA toolkit and with PyTorch), name its folder in the"
                        + " environment variable " + VARIABLE + ", or write device: opencl"));
    }

    private static List<String> in(Path place) {
        return Files.isRegularFile(place)
                ? List.of(place.toString())
                : NAMES.stream().map(name -> place.resolve(name).toString()).toList();
    }

    /** A call that is given places and fills them. */
    @FunctionalInterface
    private interface Asking {
        int with(MemorySegment first, MemorySegment second) throws Throwable;
    }

    private static void ask(String what, Asking asking, MemorySegment first, MemorySegment second) {
        int code;
        try {
            code = asking.with(first, second);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (code != 0) {
            throw new IllegalStateException(what + " failed in NVRTC: error " + code);
        }
    }

    /** Its version, such as {@code 13.0}. */
    String version() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment major = arena.allocate(JAVA_INT);
            MemorySegment minor = arena.allocate(JAVA_INT);
            ask("asking for the version", (a, b) -> (int) version.invokeExact(a, b), major, minor);
            return major.get(JAVA_INT, 0) + "." + minor.get(JAVA_INT, 0);
        }
    }

    /** Compute capabilities that it compiles for, ten times, ascending. */
    List<Integer> architectures() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            ask("counting", (a, b) -> (int) architectureCount.invokeExact(a), count, MemorySegment.NULL);
            MemorySegment all = arena.allocate(JAVA_INT, Math.max(1, count.get(JAVA_INT, 0)));
            ask("asking for architectures", (a, b) -> (int) architectures.invokeExact(a), all, MemorySegment.NULL);
            return Arrays.stream(all.toArray(JAVA_INT))
                    .limit(count.get(JAVA_INT, 0))
                    .sorted()
                    .boxed()
                    .toList();
        }
    }

    /**
     * Compiles.
     *
     * @param machine whether to the card's own code, else to PTX
     * @return what the driver loads
     * @throws UnsupportedOperationException when the source is refused; the message is what the compiler said
     */
    byte[] compile(String name, String source, List<String> options, boolean machine) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            MemorySegment text = arena.allocateFrom(source);
            MemorySegment called = arena.allocateFrom(name);
            MemorySegment none = MemorySegment.NULL;
            ask(
                    "taking the source " + name,
                    (a, b) -> (int) create.invokeExact(made, a, b, 0, none, none),
                    text,
                    called);
            long program = made.get(ADDRESS, 0).address();
            try {
                int code = compile(program, options, arena);
                if (code != 0) {
                    throw new UnsupportedOperationException("error " + code + ": "
                            + new String(written(program, logSize, log, arena), StandardCharsets.UTF_8)
                                    .replace("\0", "")
                                    .strip());
                }
                return machine ? written(program, cubinSize, cubin, arena) : written(program, ptxSize, ptx, arena);
            } finally {
                ask("giving a program back", (a, b) -> (int) destroy.invokeExact(a), made, none);
            }
        }
    }

    private int compile(long program, List<String> options, Arena arena) {
        MemorySegment all = arena.allocate(ADDRESS, Math.max(1, options.size()));
        for (int i = 0; i < options.size(); i++) {
            all.setAtIndex(ADDRESS, i, arena.allocateFrom(options.get(i)));
        }
        try {
            return (int) compile.invokeExact(program, options.size(), all);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static byte[] written(long program, MethodHandle sizeOf, MethodHandle content, Arena arena) {
        MemorySegment size = arena.allocate(JAVA_LONG);
        ask("asking for a size", (a, b) -> (int) sizeOf.invokeExact(program, a), size, MemorySegment.NULL);
        MemorySegment bytes = arena.allocate(Math.max(1, size.get(JAVA_LONG, 0)));
        ask("fetching", (a, b) -> (int) content.invokeExact(program, a), bytes, MemorySegment.NULL);
        return bytes.asSlice(0, size.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
    }
}
