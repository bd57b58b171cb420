package org.scenecontexts.votenet.loss;

/**
 * The true boxes of the scenes of a batch, in the numbers that the loss compares with (REFERENCE 8.3).
 *
 * @param rows the boxes of all scenes
 * @param offsets first row of each scene, {@code [B + 1]}
 * @since 0.2
 */
public record DetectionTargets(Rows rows, int[] offsets) {

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
            int[] classes) {

        /** Number of rows, G. */
        public int count() {
            return real.length;
        }

        /** What is left beside a row's direction, in halves of a bin, as the head says it. */
        public double turn(int row, int bins) {
            return headingResiduals[row] / (Math.PI / bins);
        }

        /** What is left of a length beside a row's typical size, in shares of it, as the head says it. */
        public double length(int row, int axis, double[][] meanSizes) {
            return sizeResiduals[3 * row + axis] / meanSizes[sizes[row]][axis];
        }
    }

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
