package org.scenecontexts.api.task;

import org.scenecontexts.api.tensor.Tensor;

/**
 * The features of a batch of pairs of views, and which points of the two views are the same place.
 *
 * <p>Rows refer to the stacked batch of each view. Matches are sorted by {@code first}; one first point may have several
 * matches (REFERENCE 4.1 item 7).
 *
 * @param features0 features of the first views, {@code [M0, C]}
 * @param features1 features of the second views, {@code [M1, C]}
 * @param positions0 positions of the first views' points in the common world frame, {@code [M0, 3]}, metres, z up
 * @param offsets0 first row of each pair in the first views, {@code [B + 1]}
 * @param first row in the first views of each match, {@code [L]}
 * @param second row in the second views of each match, {@code [L]}
 * @since 0.1
 */
public record MatchedViews(
        Tensor features0, Tensor features1, float[] positions0, int[] offsets0, int[] first, int[] second) {

    /** @throws IllegalArgumentException when the two lists of matches differ in length */
    public MatchedViews {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "matches come in pairs, found " + first.length + " first and " + second.length + " second rows");
        }
    }

    /** Number of pairs, B. */
    public int pairs() {
        return offsets0.length - 1;
    }
}
