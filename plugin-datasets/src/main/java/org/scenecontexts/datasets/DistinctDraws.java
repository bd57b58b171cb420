package org.scenecontexts.datasets;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws some of many by chance, so that all that is left out at random is left out in the same way. */
public final class DistinctDraws {

    private DistinctDraws() {}

    /**
     * Distinct numbers from 0 to below {@code available}, in random order.
     *
     * @param count at most {@code available}
     */
    public static int[] some(int available, int count, RandomGenerator random) {
        int[] order = new int[available];
        Arrays.setAll(order, i -> i);
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, available);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return Arrays.copyOf(order, count);
    }
}
