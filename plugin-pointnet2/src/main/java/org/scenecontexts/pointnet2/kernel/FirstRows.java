package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;

/**
 * Puts a few rows out of many in order without comparing them: a bit per row, and a bit per word of 64 rows that has any,
 * so that empty words are never looked at.
 */
final class FirstRows {

    private final long[] rows;
    private final long[] words;
    private final int most;
    private final int[] found;

    /**
     * @param rows how many rows there are
     * @param most how many are wanted
     */
    FirstRows(int rows, int most) {
        this.rows = new long[(rows >> 6) + 1];
        this.words = new long[(rows >> 12) + 1];
        this.most = most;
        // A word is taken whole.
        this.found = new int[most + Long.SIZE];
    }

    /**
     * Takes the smallest of some rows.
     *
     * @param given rows in any order
     * @param count how many are given
     * @return how many that is, at most as many as wanted; {@link #taken} has them
     */
    int take(int[] given, int count) {
        for (int i = 0; i < count; i++) {
            int word = given[i] >> 6;
            rows[word] |= 1L << given[i];
            words[word >> 6] |= 1L << word;
        }
        int taken = collect();
        for (int i = 0; i < count; i++) {
            rows[given[i] >> 6] = 0;
        }
        Arrays.fill(words, 0);
        return taken;
    }

    /** The rows taken last, ascending. */
    int[] taken() {
        return found;
    }

    private int collect() {
        int taken = 0;
        for (int s = 0; s < words.length; s++) {
            for (long left = words[s]; left != 0; left &= left - 1) {
                int word = (s << 6) + Long.numberOfTrailingZeros(left);
                for (long bits = rows[word]; bits != 0; bits &= bits - 1) {
                    found[taken++] = (word << 6) + Long.numberOfTrailingZeros(bits);
                }
                if (taken >= most) {
                    return most;
                }
            }
        }
        return taken;
    }
}
