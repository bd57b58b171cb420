package org.scenecontexts.nd4j.memory;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what crosses between ND4J's memory and the Java heap, so that a step that should not wait for numbers shows it. */
public final class Traffic {

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();

    void read(long bytes) {
        reads.incrementAndGet();
        readBytes.addAndGet(bytes);
    }

    void written(long bytes) {
        writtenBytes.addAndGet(bytes);
    }

    /** How often numbers were copied to the heap. */
    public long reads() {
        return reads.get();
    }

    /** Bytes copied to the heap. */
    public long readBytes() {
        return readBytes.get();
    }

    /** Bytes copied from the heap. */
    public long writtenBytes() {
        return writtenBytes.get();
    }
}
