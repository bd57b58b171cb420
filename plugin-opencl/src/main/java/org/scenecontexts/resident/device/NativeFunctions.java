package org.scenecontexts.resident.device;

import static java.lang.foreign.ValueLayout.JAVA_INT;

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
 * The functions of a library that is opened when the program runs, so that the JVM starts where it is missing.
 *
 * @param name for messages
 * @param symbols where its functions are
 */
public record NativeFunctions(String name, SymbolLookup symbols) {

    /**
     * Opens the first library that is there.
     *
     * @param names names, which the system looks for, or files
     */
    @SuppressWarnings("restricted")
    public static Optional<NativeFunctions> open(List<String> names) {
        for (String name : names) {
            try {
                return Optional.of(new NativeFunctions(name, SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (IllegalArgumentException e) {
                // The next one, then.
            }
        }
        return Optional.empty();
    }

    /**
     * A function that returns a code.
     *
     * @throws UnsupportedOperationException when the library has none of this name
     */
    public MethodHandle code(String function, MemoryLayout... arguments) {
        return optionalCode(function, arguments)
                .orElseThrow(() -> new UnsupportedOperationException(
                        name + " has no " + function + "; it is too old, install a newer one"));
    }

    /** The same where the library may lack it. */
    @SuppressWarnings("restricted")
    public Optional<MethodHandle> optionalCode(String function, MemoryLayout... arguments) {
        Optional<MemorySegment> address = symbols.find(function);
        return address.map(at -> Linker.nativeLinker().downcallHandle(at, FunctionDescriptor.of(JAVA_INT, arguments)));
    }

    /** What a call that threw becomes. */
    public static IllegalStateException unexpected(Throwable cause) {
        return new IllegalStateException("a call of a native library failed", cause);
    }
}
