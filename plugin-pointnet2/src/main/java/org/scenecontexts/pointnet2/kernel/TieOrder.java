package org.scenecontexts.pointnet2.kernel;

/**
 * Which of equally far points the published reduction takes (REFERENCE 2.3): thread {@code k mod T} sees point {@code k},
 * and the pairwise comparison of threads prefers the one whose bit-reversed number is smallest.
 *
 * @since 0.1
 */
public final class TieOrder {

    private final int bits;
    private final int perThread;

    /** @param n points of the scene */
    public TieOrder(int n) {
        int threads = Math.min(PointKernels.REDUCTION_WIDTH, Integer.highestOneBit(Math.max(1, n)));
        bits = Integer.numberOfTrailingZeros(threads);
        perThread = n / threads + 1;
    }

    /** The smaller wins; no two points have the same. */
    public int rank(int k) {
        int thread = k & ((1 << bits) - 1);
        int reversed = bits == 0 ? 0 : Integer.reverse(thread) >>> (32 - bits);
        return reversed * perThread + (k >> bits);
    }
}
