package org.scenecontexts.api.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Lends scratch arrays so that kernels allocate nothing once they have warmed up.
 *
 * <p>Thread-safe. Contents of a borrowed array are undefined. It keeps as many arrays as were ever lent at once.
 *
 * @since 0.1
 */
public final class FloatPool {

    private final List<float[]> idle = new ArrayList<>();

    /**
     * Borrows the smallest idle array that is long enough, or makes one.
     *
     * @param length values needed, 0 or more
     * @return an array of at least that length; give it back with {@link #give}
     */
    public float[] take(int length) {
        synchronized (idle) {
            int best = -1;
            for (int i = 0; i < idle.size(); i++) {
                int has = idle.get(i).length;
                if (has >= length && (best < 0 || has < idle.get(best).length)) {
                    best = i;
                }
            }
            if (best >= 0) {
                return idle.remove(best);
            }
            if (!idle.isEmpty()) {
                // Replace the largest rather than hoard one array per size that was ever asked for.
                int largest = 0;
                for (int i = 1; i < idle.size(); i++) {
                    largest = idle.get(i).length > idle.get(largest).length ? i : largest;
                }
                idle.remove(largest);
            }
        }
        return new float[length];
    }

    /** Gives a borrowed array back. */
    public void give(float[] array) {
        synchronized (idle) {
            idle.add(array);
        }
    }
}
