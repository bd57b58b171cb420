package org.scenecontexts.votenet.proposal;

/**
 * What the network says about the {@code K} proposals of one scene, before it is read as boxes (REFERENCE 8.1).
 *
 * @param centres metres, {@code [K, 3]}
 * @param objectness logits for nothing and for something, {@code [K, 2]}
 * @param headings scores of directions, {@code [K, H]}
 * @param headingResiduals radians, {@code [K, H]}
 * @param sizes scores of typical sizes, {@code [K, S]}
 * @param sizeResiduals metres, {@code [K, S, 3]}
 * @param classes logits, {@code [K, C]}
 * @since 0.2
 */
public record ProposalScores(
        float[] centres,
        float[] objectness,
        float[] headings,
        float[] headingResiduals,
        float[] sizes,
        float[] sizeResiduals,
        float[] classes) {

    /** How many proposals there are. */
    public int count() {
        return objectness.length / 2;
    }

    /** Index of the largest of {@code width} scores in a row; the first of equal ones. */
    static int largest(float[] scores, int row, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            if (scores[row * width + i] > scores[row * width + best]) {
                best = i;
            }
        }
        return best;
    }

    /** The probabilities that logits of a row mean. */
    static double[] softmax(float[] logits, int row, int width) {
        float top = logits[row * width + largest(logits, row, width)];
        double[] shares = new double[width];
        double sum = 0;
        for (int i = 0; i < width; i++) {
            shares[i] = Math.exp((double) logits[row * width + i] - top);
            sum += shares[i];
        }
        for (int i = 0; i < width; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}
