package org.scenecontexts.kernels.machine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Puts instructions where the processor may run them. Memory is writable first and executable afterwards, never both,
 * and is kept for as long as Java runs. Linux only.
 */
final class ExecutableMemory {

    private static final int READ_AND_WRITE = 3;
    private static final int READ_AND_EXECUTE = 5;
    private static final int PRIVATE_AND_ANONYMOUS = 0x22;
    private static final long FAILED = -1;

    private ExecutableMemory() {}

    /**
     * Copies code to memory of its own.
     *
     * @throws UnsupportedOperationException if the system refuses, as hardened ones do, or Java may not call it
     */
    static MemorySegment of(byte[] code) {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle map = linker.downcallHandle(
                    function(linker, "mmap"),
                    FunctionDescriptor.of(
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG));
            MethodHandle protect = linker.downcallHandle(
                    function(linker, "mprotect"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
            long size = code.length;
            MemorySegment memory = (MemorySegment)
                    map.invokeExact(MemorySegment.NULL, size, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0L);
            if (memory.address() == FAILED) {
                throw new UnsupportedOperationException("the system gives no memory for " + size + " bytes of code");
            }
            memory = memory.reinterpret(size);
            memory.copyFrom(MemorySegment.ofArray(code));
            int refused = (int) protect.invokeExact(memory, size, READ_AND_EXECUTE);
            if (refused != 0) {
                throw new UnsupportedOperationException(
                        "the system refuses to make memory executable, as hardened systems do");
            }
            return memory;
        } catch (IllegalCallerException e) {
            throw new UnsupportedOperationException(
                    "Java may not call the system; start it with --enable-native-access=ALL-UNNAMED", e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling the system failed: " + e, e);
        }
    }

    private static MemorySegment function(Linker linker, String name) {
        SymbolLookup system = linker.defaultLookup();
        return system.find(name)
                .orElseThrow(() -> new UnsupportedOperationException("the system has no function " + name));
    }
}
