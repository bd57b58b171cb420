package org.scenecontexts.engine.cpu.dense;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.FloatPool;

/**
 * Arrays in which the numbers of buffers lie from the first place on, as loops over matrices want them. A buffer that is a
 * whole array is that array; one that lies further inside, which is rare and mostly short, is copied and, where it is
 * written, copied back at the end.
 */
final class Leading implements AutoCloseable {

    private static final FloatPool POOL = new FloatPool();

    private record Copy(Buffer buffer, float[] array, boolean written) {}

    private List<Copy> copies = List.of();

    /** The numbers of a buffer that is read. */
    float[] read(Buffer buffer) {
        return buffer.arrayOffset() == 0 ? buffer.array() : copy(buffer, false);
    }

    /** The numbers of a buffer that is written, or read and written. */
    float[] write(Buffer buffer) {
        return buffer.arrayOffset() == 0 ? buffer.array() : copy(buffer, true);
    }

    private float[] copy(Buffer buffer, boolean written) {
        float[] array = POOL.take(buffer.capacity());
        buffer.copyOut(0, array, 0, buffer.capacity());
        if (copies.isEmpty()) {
            copies = new ArrayList<>();
        }
        copies.add(new Copy(buffer, array, written));
        return array;
    }

    @Override
    public void close() {
        for (Copy copy : copies) {
            if (copy.written) {
                copy.buffer.copyIn(0, copy.array, 0, copy.buffer.capacity());
            }
            POOL.give(copy.array);
        }
    }
}
