package org.scenecontexts.api.grid;

/**
 * Sorts packed voxel keys together with the rows they came from, looking only at the digits that differ.
 *
 * @since 0.1
 */
public final class RadixSort {

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private RadixSort() {}

    /**
     * Sorts {@code keys} ascending; equal keys keep the order of their rows.
     *
     * @param keys non-negative keys, sorted in place
     * @return for each sorted position the position before sorting
     */
    public static int[] sort(long[] keys) {
        int n = keys.length;
        int[] order = new int[n];
        long differing = 0;
        boolean sorted = true;
        for (int i = 0; i < n; i++) {
            order[i] = i;
            differing |= keys[i] ^ keys[0];
            sorted &= i == 0 || keys[i - 1] <= keys[i];
        }
        if (sorted) {
            return order;
        }
        long[] from = keys;
        long[] to = new long[n];
        int[] orderTo = new int[n];
        int[] position = new int[DIGITS];
        while (differing != 0) {
            // Start at the lowest bit in which any two keys differ: bits that are the same everywhere cost no pass.
            int shift = Long.numberOfTrailingZeros(differing);
            pass(from, order, to, orderTo, shift, position);
            long[] keysSwap = from;
            from = to;
            to = keysSwap;
            int[] orderSwap = order;
            order = orderTo;
            orderTo = orderSwap;
            differing &= shift + DIGIT_BITS >= Long.SIZE ? 0 : -1L << (shift + DIGIT_BITS);
        }
        if (from != keys) {
            System.arraycopy(from, 0, keys, 0, n);
        }
        return order;
    }

    private static void pass(long[] from, int[] order, long[] to, int[] orderTo, int shift, int[] position) {
        java.util.Arrays.fill(position, 0);
        for (long key : from) {
            position[(int) (key >>> shift) & (DIGITS - 1)]++;
        }
        int sum = 0;
        for (int d = 0; d < DIGITS; d++) {
            int count = position[d];
            position[d] = sum;
            sum += count;
        }
        for (int i = 0; i < from.length; i++) {
            int at = position[(int) (from[i] >>> shift) & (DIGITS - 1)]++;
            to[at] = from[i];
            orderTo[at] = order[i];
        }
    }
}
