package org.scenecontexts.contrastive.loss;

/**
 * The inner loop of the contrast between one anchor and all other points, in all spatial contexts at once.
 *
 * <p>For an anchor i with similarities s_ij and contexts c_ij it computes, per context c, the cross-entropy of the match
 * among {@code {i} + {j : c_ij = c}}, and the gradient of the weighted sum over contexts with respect to every s_ij.
 */
public interface AnchorLoops {

    /**
     * @param n number of points
     * @param row similarities of the anchor (already divided by the temperature) at {@code offset .. offset + n - 1};
     *     overwritten with the gradient of the weighted sum of losses
     * @param contexts context of every point, {@code [n]}; the anchor's own entry is overwritten
     * @param anchor index of the anchor, which is also the index of its match
     * @param weights weight of each context, {@code [P]}
     * @param losses loss of each context, unweighted, added to {@code [P]}
     * @param scratch at least {@link #scratch} floats
     */
    void anchor(
            int n,
            float[] row,
            int offset,
            int[] contexts,
            int anchor,
            float[] weights,
            double[] losses,
            float[] scratch);

    /** Floats of scratch memory needed for a number of contexts. */
    static int scratch(int contexts) {
        // Sums per context, several times over, and the lanes of one vector.
        return 8 * (contexts + 1) + 16;
    }
}
