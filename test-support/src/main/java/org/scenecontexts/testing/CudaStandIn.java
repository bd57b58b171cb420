package org.scenecontexts.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A driver and a compiler of CUDA that run on the processor, so that what is meant for NVIDIA's cards is tested where there is none:
 * a library of this project's own ({@code driver.cpp} says what it is strict about), compiled by g++. It shows that functions are
 * called as they are declared, in the right order and on every thread, and that sources mean on CUDA what they mean in OpenCL. It
 * shows nothing of a card.
 */
public final class CudaStandIn {

    private static final List<String> SOURCES = List.of("driver.cpp", "compiler.cpp");

    private final Path library;
    private final Path kernels;
    private final MethodHandle fail;
    private final MethodHandle set;
    private final MethodHandle get;
    private final MethodHandle mend;
    private final MethodHandle architectures;

    private CudaStandIn(Path library, Path kernels) {
        this.library = library;
        this.kernels = kernels;
        SymbolLookup symbols = lookup(library);
        fail = handle(symbols, "standInFail", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_LONG));
        set = handle(symbols, "standInSet", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
        get = handle(symbols, "standInGet", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
        mend = handle(symbols, "standInMend", FunctionDescriptor.ofVoid());
        architectures = handle(symbols, "standInArchitectures", FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS));
        tellFolder(symbols);
    }

    /**
     * The stand-in, as a machine with one card of compute capability 7.5; the test is skipped, with the reason, where there is no
     * g++. What it has compiled before lies in {@code target/cuda-stand-in}.
     */
    public static CudaStandIn make() {
        if (!System.getProperty("os.name").equals("Linux") || !Commands.isThere("g++")) {
            Assumptions.abort("no g++ on Linux, which makes the stand-in for a card of NVIDIA's (package g++)");
        }
        Path folder = folder();
        try {
            Files.createDirectories(folder);
            StringBuilder text = new StringBuilder();
            for (String source : SOURCES) {
                text.append(source(source));
                Files.writeString(folder.resolve(source), source(source));
            }
            Path library = folder.resolve(
                    "standin-" + Integer.toHexString(text.toString().hashCode()) + ".so");
            if (!Files.exists(library)) {
                compile(folder, library);
            }
            CudaStandIn made = new CudaStandIn(library, folder);
            made.mend();
            made.set("capability", 75);
            made.set("devices", 1);
            made.set("memory", 4L << 30);
            made.knows(75, 80, 90);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its sources and libraries lie. */
    static Path folder() {
        return Path.of("target", "cuda-stand-in").toAbsolutePath();
    }

    private static void compile(Path folder, Path library) throws IOException {
        Path own = folder.resolve("standin-" + ProcessHandle.current().pid() + ".so");
        Commands.run(
                folder,
                List.of(
                        "g++",
                        "-std=c++17",
                        "-O1",
                        "-fPIC",
                        "-shared",
                        "-fvisibility=hidden",
                        // Its threads jump from stack to stack.
                        "-U_FORTIFY_SOURCE",
                        "driver.cpp",
                        "compiler.cpp",
                        "-o",
                        own.toString(),
                        "-ldl"));
        Files.move(own, library, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String source(String name) throws IOException {
        try (InputStream in = CudaStandIn.class.getResourceAsStream("cuda/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from test-support; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup lookup(Path library) {
        return SymbolLookup.libraryLookup(library, Arena.global());
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(), descriptor);
    }

    private void tellFolder(SymbolLookup symbols) {
        MethodHandle folder = handle(symbols, "standInFolder", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            folder.invoke(arena.allocateFrom(kernels.toString()), arena.allocateFrom(source("emulation.h")));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The library that has the functions of both, the driver and NVRTC. */
    public Path library() {
        return library;
    }

    /** What lets a process of its own find the stand-in as it would find NVIDIA's driver and NVRTC; it keeps what it compiles. */
    public Map<String, String> environment() throws IOException {
        Files.writeString(kernels.resolve("emulation.h"), source("emulation.h"));
        Path driver = Files.createDirectories(kernels.resolve("lib")).resolve("libcuda.so.1");
        Files.deleteIfExists(driver);
        Files.createSymbolicLink(driver, library);
        return Map.of(
                "LD_LIBRARY_PATH", driver.getParent().toString(),
                "CSC_NVRTC", library.toString(),
                "CSC_STAND_IN", kernels.toString(),
                "JDK_JAVA_OPTIONS", "\"-Dcsc.cache=" + kernels.resolve("cache") + "\"");
    }

    /** Lets a function of the driver fail once with a code, after some calls that do not. */
    public void fail(String function, int code, long after) {
        try (Arena arena = Arena.ofConfined()) {
            fail.invoke(arena.allocateFrom(function), code, after);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets how many {@code devices} there are, of which compute {@code capability} (ten times), with how much {@code memory}. */
    public void set(String setting, long value) {
        try (Arena arena = Arena.ofConfined()) {
            set.invoke(arena.allocateFrom(setting), value);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many {@code allocations}, {@code pinned} pieces of host memory, {@code streams} and contexts ({@code retained}) there are. */
    public long get(String what) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) get.invoke(arena.allocateFrom(what));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what has failed and what should. */
    public void mend() {
        try {
            mend.invoke();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets for which compute capabilities, ten times, its NVRTC compiles. */
    public void knows(int... capabilities) {
        try (Arena arena = Arena.ofConfined()) {
            architectures.invoke(capabilities.length, arena.allocateFrom(ValueLayout.JAVA_INT, capabilities));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
