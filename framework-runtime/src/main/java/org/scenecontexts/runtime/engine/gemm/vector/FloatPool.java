package org.scenecontexts.runtime.engine.gemm.vector;

import java.util.ArrayList;
import java.util.List;

/** Lends scratch arrays so that products allocate nothing once they have warmed up. Thread-safe. */
final class FloatPool {

    private final List<float[]> idle = new ArrayList<>();

    /** Borrows an array of at least this length with undefined contents; give it back with {@link #give}. */
    float[] take(int length) {
        synchronized (idle) {
            int best = -1;
            int largest = -1;
            for (int i = 0; i < idle.size(); i++) {
                int has = idle.get(i).length;
                if (has >= length && (best < 0 || has < idle.get(best).length)) {
                    best = i;
                }
                largest = largest < 0 || has > idle.get(largest).length ? i : largest;
            }
            if (best >= 0) {
                return idle.remove(best);
            }
            if (largest >= 0) {
                // Grow one array rather than hoard one per size that was ever asked for.
                idle.remove(largest);
            }
        }
        return new float[length];
    }

    void give(float[] array) {
        synchronized (idle) {
            idle.add(array);
        }
    }
}
