package org.scenecontexts.nd4j.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Asks the driver through the JDK's foreign-function interface. */
public final class LibCuda implements CudaDriver {

    private static final String LIBRARY = "libcuda.so.1";
    private static final int NAME_LENGTH = 256;

    /** CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR of cuda.h. */
    private static final int MAJOR = 75;

    private static final int MINOR = 76;

    private final SymbolLookup library;

    private LibCuda(SymbolLookup library) {
        this.library = library;
    }

    /**
     * Opens the driver.
     *
     * @throws UnsupportedOperationException when there is none, or no card for it
     */
    public static LibCuda open() {
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new UnsupportedOperationException("no NVIDIA driver found (" + LIBRARY
                    + "): 'backend: cuda' of device 'nd4j' needs one; leave 'backend' out, or use 'device: cpu'");
        }
        return open(library);
    }

    /**
     * The driver whose functions are these.
     *
     * @throws UnsupportedOperationException when it finds no card
     */
    static LibCuda open(SymbolLookup library) {
        LibCuda driver = new LibCuda(library);
        driver.call("cuInit", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), 0);
        return driver;
    }

    private void call(String name, FunctionDescriptor descriptor, Object... arguments) {
        MemorySegment function = library.find(name)
                .orElseThrow(() -> new UnsupportedOperationException(
                        LIBRARY + " has no " + name + ": update the NVIDIA driver, or use 'device: gpu'"));
        int code;
        try {
            code = (int)
                    Linker.nativeLinker().downcallHandle(function, descriptor).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(name + " of " + LIBRARY + " cannot be called", e);
        }
        if (code != 0) {
            throw new UnsupportedOperationException(name + " of " + LIBRARY + " gave error " + code
                    + ": the NVIDIA driver finds no card that it can use; see nvidia-smi, leave 'backend' out, or use"
                    + " 'device: cpu'");
        }
    }

    private int number(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
            call(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS), out);
            return out.get(ValueLayout.JAVA_INT, 0);
        }
    }

    @Override
    public int version() {
        return number("cuDriverGetVersion");
    }

    @Override
    public List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < number("cuDeviceGetCount"); i++) {
            cards.add(card(i));
        }
        return cards;
    }

    private Card card(int index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
            call(
                    "cuDeviceGet",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                    out,
                    index);
            int device = out.get(ValueLayout.JAVA_INT, 0);
            MemorySegment name = arena.allocate(NAME_LENGTH);
            call(
                    "cuDeviceGetName",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                    name,
                    NAME_LENGTH,
                    device);
            return new Card(name.getString(0), attribute(out, MAJOR, device), attribute(out, MINOR, device));
        }
    }

    private int attribute(MemorySegment out, int attribute, int device) {
        call(
                "cuDeviceGetAttribute",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                out,
                attribute,
                device);
        return out.get(ValueLayout.JAVA_INT, 0);
    }

    @Override
    public boolean finds(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return SymbolLookup.libraryLookup(name, arena) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
