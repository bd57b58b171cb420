package org.scenecontexts.kernels.machine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.scenecontexts.kernels.machine.Assembler.Width;

/**
 * The generated loops as methods; arrays are read and written where they lie. No argument is checked here.
 *
 * <p>While one runs, the garbage collector waits: a call takes microseconds, with the widest matrices a millisecond or two.
 */
final class Routines {

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final MethodHandle[] rows = new MethodHandle[2];
    private final MethodHandle[] outer = new MethodHandle[2];

    /**
     * Generates and loads the code.
     *
     * @throws UnsupportedOperationException if the system lets no one load code
     */
    Routines(Width width) {
        for (int vectors = 1; vectors <= 2; vectors++) {
            Assembler asm = new Assembler(width);
            TileCode.rows(asm, vectors);
            rows[vectors - 1] = load(asm, 7);
            asm = new Assembler(width);
            TileCode.outer(asm, vectors);
            outer[vectors - 1] = load(asm, 8);
        }
    }

    /** Five addresses come first. */
    private static MethodHandle load(Assembler asm, int longs) {
        FunctionDescriptor arguments = FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS);
        for (int i = 0; i < longs; i++) {
            arguments = arguments.appendArgumentLayouts(LONG);
        }
        return Linker.nativeLinker()
                .downcallHandle(ExecutableMemory.of(asm.bytes()), arguments, Linker.Option.critical(true));
    }

    /**
     * See {@link TileCode#rows}.
     *
     * @param vectors columns of a panel that are computed, in vectors: 1 or 2
     */
    void rows(
            int vectors,
            MemorySegment a,
            MemorySegment left,
            MemorySegment right,
            MemorySegment c,
            MemorySegment result,
            long rows,
            long length,
            long panels,
            long strideBytes,
            long panelByte,
            boolean fresh,
            long resultByte) {
        try {
            this.rows[vectors - 1].invokeExact(
                    a,
                    left,
                    right,
                    c,
                    result,
                    rows,
                    length,
                    panels,
                    strideBytes,
                    panelByte,
                    fresh ? 1L : 0L,
                    resultByte);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /**
     * See {@link TileCode#outer}.
     *
     * @param vectors columns of a panel that are computed, in vectors: 1 or 2
     */
    void outer(
            int vectors,
            MemorySegment a,
            MemorySegment left,
            MemorySegment b,
            MemorySegment right,
            MemorySegment c,
            long length,
            long rows,
            long panels,
            long strideBytes,
            long resultByte,
            boolean fresh,
            long leftByte,
            long rightByte) {
        try {
            outer[vectors - 1].invokeExact(
                    a,
                    left,
                    b,
                    right,
                    c,
                    length,
                    rows,
                    panels,
                    strideBytes,
                    resultByte,
                    fresh ? 1L : 0L,
                    leftByte,
                    rightByte);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static IllegalStateException failure(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("calling generated code failed: " + e, e);
    }
}
