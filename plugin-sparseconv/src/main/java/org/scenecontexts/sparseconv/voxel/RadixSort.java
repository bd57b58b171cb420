package org.scenecontexts.sparseconv.voxel;

import java.util.Arrays;

/** Sorts non-negative keys without comparing them: linear time, and equal keys keep their order. */
final class RadixSort {

    private static final int BITS = 11;
    private static final int MASK = (1 << BITS) - 1;

    private RadixSort() {}

    /**
     * @param keys not changed
     * @return indices of the keys in ascending order of key; stable
     */
    static int[] order(long[] keys) {
        int n = keys.length;
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        long differing = 0;
        for (long key : keys) {
            differing |= key ^ keys[0];
        }
        long[] sorted = keys.clone();
        long[] otherKeys = new long[n];
        int[] otherOrder = new int[n];
        int[] start = new int[MASK + 1];
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            if ((differing >>> shift & MASK) == 0) {
                continue;
            }
            Arrays.fill(start, 0);
            for (long key : sorted) {
                start[(int) (key >>> shift) & MASK]++;
            }
            int sum = 0;
            for (int digit = 0; digit <= MASK; digit++) {
                int count = start[digit];
                start[digit] = sum;
                sum += count;
            }
            for (int i = 0; i < n; i++) {
                int to = start[(int) (sorted[i] >>> shift) & MASK]++;
                otherKeys[to] = sorted[i];
                otherOrder[to] = order[i];
            }
            long[] swapKeys = sorted;
            sorted = otherKeys;
            otherKeys = swapKeys;
            int[] swapOrder = order;
            order = otherOrder;
            otherOrder = swapOrder;
        }
        return order;
    }
}
