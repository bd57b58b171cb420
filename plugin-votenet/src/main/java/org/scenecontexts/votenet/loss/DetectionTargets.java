package org.scenecontexts.votenet.loss;

/**
 * What is true about the scenes of a batch, in the numbers that the loss compares with (REFERENCE 8.3).
 *
 * @param seedVotes where each seed should vote, as metres from the seed, three votes each, {@code [B * S, 9]}
 * @param seedOnObject whether a seed votes at all, {@code [B * S]}
 * @param rows the boxes of all scenes
 * @param offsets first row of each scene, {@code [B + 1]}
 * @since 0.2
 */
public record DetectionTargets(float[] seedVotes, boolean[] seedOnObject, Rows rows, int[] offsets) {

    /**
     * Boxes, one after the other.
     *
     * @param centres metres, {@code [G, 3]}
     * @param real whether a row is a box; the published program pads each scene with rows at the origin, which take part in
     *     the search for the nearest box
     * @param headings direction, {@code [G]}
     * @param headingResiduals radians, {@code [G]}
     * @param sizes typical size, {@code [G]}
     * @param sizeResiduals metres, {@code [G, 3]}
     * @param classes {@code [G]}
     */
    public record Rows(
            float[] centres,
            boolean[] real,
            int[] headings,
            float[] headingResiduals,
            int[] sizes,
            float[] sizeResiduals,
            int[] classes) {}

    /** Number of scenes, B. */
    public int scenes() {
        return offsets.length - 1;
    }

    /** Number of real boxes. */
    int boxes() {
        int count = 0;
        for (boolean real : rows.real()) {
            count += real ? 1 : 0;
        }
        return count;
    }
}
