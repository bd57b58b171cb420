package org.scenecontexts.sparseconv.map;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the arrays of kernel maps that are done for the maps of the next batch: fresh memory costs about as much as the
 * search for neighbours that fills it, since Java clears it and no cache holds it.
 *
 * <p>Arrays come back when the {@link VoxelPyramid} that took them is closed; those that never do are left to the garbage
 * collector. What the last {@value #PATIENCE} pyramids had no use for is dropped. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class MapMemory {

    /** Lengths are multiples of it, so that arrays of nearly the same size can take each other's place. */
    private static final int STEP = 1 << 12;

    /** Pyramids after whose end an array that none of them took is dropped. */
    private static final int PATIENCE = 8;

    private record Idle(int[] array, long since) {}

    private final List<Idle> idle = new ArrayList<>();
    private long ended;

    /** An array with undefined content; it may be up to twice as long. */
    synchronized int[] take(int length) {
        int best = -1;
        long longest = Math.max(2L * length, STEP);
        for (int i = 0; i < idle.size(); i++) {
            int found = idle.get(i).array.length;
            if (found >= length && found <= longest && (best < 0 || found < idle.get(best).array.length)) {
                best = i;
            }
        }
        return best < 0 ? new int[rounded(length)] : idle.remove(best).array;
    }

    /** Takes an array back. Nobody may use it afterwards. */
    synchronized void give(int[] array) {
        if (idle.stream().anyMatch(known -> known.array == array)) {
            throw new IllegalStateException("an array of " + array.length + " numbers of a kernel map was given back"
                    + " twice; whoever gave it back first must not use it afterwards");
        }
        idle.add(new Idle(array, ended));
    }

    /** Says that all arrays of a pyramid have been given back. */
    synchronized void pyramidEnded() {
        ended++;
        idle.removeIf(known -> known.since < ended - PATIENCE);
    }

    /** Bytes that wait for the next map. */
    public synchronized long idleBytes() {
        return idle.stream()
                .mapToLong(known -> (long) Integer.BYTES * known.array.length)
                .sum();
    }

    private static int rounded(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(1, (length + STEP - 1L) / STEP) * STEP);
    }
}
