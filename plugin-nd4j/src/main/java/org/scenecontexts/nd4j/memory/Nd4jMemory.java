package org.scenecontexts.nd4j.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One ND4J array, off the heap, with its memory as the processor sees it: what buffers and lists of indices lie in.
 *
 * <p>ND4J's operations work on {@link #view views}. Loops ask for the memory, which for the CUDA backend brings the numbers to
 * the host first and says afterwards that they are newer there; the native backend does nothing for that. It is freed by
 * {@link #free}, or when nothing refers to it any more.
 */
public final class Nd4jMemory {

    private final INDArray array;
    private final MemorySegment segment;
    private final AtomicBoolean freed;
    private final int elements;

    private Nd4jMemory(DataType type, int elements) {
        this.elements = elements;
        array = Nd4j.createUninitialized(type, new long[] {Math.max(1, elements)}, 'c');
        Freeing freeing = new Freeing(array, new AtomicBoolean());
        freed = freeing.done;
        // The arena keeps the array while anything can still reach the segment, loops on other threads too.
        segment = MemorySegment.ofAddress(array.data().addressPointer().address())
                .reinterpret((long) elements * type.width(), Arena.ofAuto(), ignored -> freeing.run());
    }

    /** Closes an array once. */
    private record Freeing(INDArray array, AtomicBoolean done) {
        void run() {
            if (!done.getAndSet(true)) {
                array.close();
            }
        }
    }

    /** Room for numbers, with undefined content. */
    static Nd4jMemory floats(int elements) {
        return new Nd4jMemory(DataType.FLOAT, elements);
    }

    /** Room for row numbers, with undefined content. */
    static Nd4jMemory ints(int elements) {
        return new Nd4jMemory(DataType.INT, elements);
    }

    int elements() {
        return elements;
    }

    long bytes() {
        return 4L * elements;
    }

    /**
     * A part as ND4J's operations take it.
     *
     * @param offset first element
     * @param strides elements from one to the next, for each axis
     */
    INDArray view(long offset, long[] shape, long[] strides) {
        return Nd4j.create(array.data(), shape, strides, offset, 'c');
    }

    /** The memory, with the newest numbers. */
    MemorySegment forReading() {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        return segment;
    }

    /** The memory, with the newest numbers; what is written there counts from now on. */
    MemorySegment forWriting() {
        MemorySegment memory = forReading();
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        return memory;
    }

    /** Gives the memory back to the system. */
    void free() {
        if (!freed.getAndSet(true)) {
            array.close();
        }
    }
}
