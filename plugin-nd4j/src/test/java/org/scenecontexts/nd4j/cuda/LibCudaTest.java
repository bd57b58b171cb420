package org.scenecontexts.nd4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the driver is asked, by the signatures of cuda.h: a driver written here answers through native calls, as the real one would,
 * for a machine with two cards.
 */
class LibCudaTest {

    private static final int NO_DEVICE = 100;

    /** What the made-up driver knows. */
    private static final String[] NAMES = {"NVIDIA H100 80GB HBM3", "Quadro K600"};

    private static final int[][] CAPABILITIES = {{9, 0}, {3, 0}};

    private final Arena arena = Arena.ofConfined();
    private final Map<String, MemorySegment> functions = new HashMap<>();
    private int codeOfInit;

    @BeforeEach
    void makeADriver() throws ReflectiveOperationException {
        function("cuInit", int.class);
        function("cuDriverGetVersion", MemorySegment.class);
        function("cuDeviceGetCount", MemorySegment.class);
        function("cuDeviceGet", MemorySegment.class, int.class);
        function("cuDeviceGetName", MemorySegment.class, int.class, int.class);
        function("cuDeviceGetAttribute", MemorySegment.class, int.class, int.class);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    /** Makes native code of the method of this name: numbers are int, pointers are 64 bits wide. */
    private void function(String name, Class<?>... parameters) throws ReflectiveOperationException {
        MethodHandle method = MethodHandles.lookup()
                .findVirtual(LibCudaTest.class, name, MethodType.methodType(int.class, parameters))
                .bindTo(this);
        MemoryLayout[] layouts = new MemoryLayout[parameters.length];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = parameters[i] == int.class ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS;
        }
        functions.put(
                name,
                Linker.nativeLinker().upcallStub(method, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts), arena));
    }

    private SymbolLookup driver() {
        return name -> Optional.ofNullable(functions.get(name));
    }

    private static int answer(MemorySegment out, int value) {
        out.reinterpret(Integer.BYTES).set(ValueLayout.JAVA_INT, 0, value);
        return 0;
    }

    int cuInit(int flags) {
        assertThat(flags).isZero();
        return codeOfInit;
    }

    int cuDriverGetVersion(MemorySegment out) {
        return answer(out, 12_040);
    }

    int cuDeviceGetCount(MemorySegment out) {
        return answer(out, NAMES.length);
    }

    /** Handles need not be numbers of cards. */
    int cuDeviceGet(MemorySegment out, int card) {
        return answer(out, card + 7);
    }

    int cuDeviceGetName(MemorySegment out, int length, int device) {
        assertThat(length).isGreaterThan(NAMES[device - 7].length());
        out.reinterpret(length).setString(0, NAMES[device - 7]);
        return 0;
    }

    int cuDeviceGetAttribute(MemorySegment out, int attribute, int device) {
        return answer(out, CAPABILITIES[device - 7][attribute - 75]);
    }

    @Test
    void cardsHaveNameAndCapability() {
        LibCuda cuda = LibCuda.open(driver());
        assertThat(cuda.version()).isEqualTo(12_040);
        assertThat(cuda.cards())
                .containsExactly(new CudaDriver.Card(NAMES[0], 9, 0), new CudaDriver.Card(NAMES[1], 3, 0));
        assertThatThrownBy(() -> CudaCheck.check(cuda, true))
                .hasMessageContaining("NVIDIA H100 80GB HBM3 (compute capability 9.0)")
                .hasMessageContaining("'device: gpu'");
    }

    @Test
    void aDriverWithoutACardIsRefusedWithItsCode() {
        codeOfInit = NO_DEVICE;
        assertThatThrownBy(() -> LibCuda.open(driver()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("cuInit of libcuda.so.1 gave error 100")
                .hasMessageContaining("nvidia-smi");
    }

    @Test
    void aDriverThatLacksAFunctionIsRefusedWithItsName() {
        functions.remove("cuDeviceGetName");
        LibCuda cuda = LibCuda.open(driver());
        assertThatThrownBy(cuda::cards)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no cuDeviceGetName")
                .hasMessageContaining("update the NVIDIA driver");
    }

    @Test
    void librariesAreFoundByTheSystemsLoader() {
        LibCuda cuda = LibCuda.open(driver());
        assertThat(cuda.finds("libc.so.6")).isTrue();
        assertThat(cuda.finds("libcublas-made-up.so.11")).isFalse();
    }
}
