package org.scenecontexts.votenet.loss;

/** Losses of single numbers and rows of scores, with their slopes added where they belong. */
final class Slopes {

    private Slopes() {}

    /**
     * Cross-entropy of a row of scores.
     *
     * @param slopes receives {@code weight} times the slopes, at the same places
     * @return {@code -log p(label)}, without the weight
     */
    static double crossEntropy(float[] scores, int at, int width, int label, double weight, float[] slopes) {
        double top = scores[at];
        for (int c = 1; c < width; c++) {
            top = Math.max(top, scores[at + c]);
        }
        double sum = 0;
        for (int c = 0; c < width; c++) {
            sum += Math.exp(scores[at + c] - top);
        }
        for (int c = 0; c < width; c++) {
            double share = Math.exp(scores[at + c] - top) / sum;
            slopes[at + c] += (float) (weight * (share - (c == label ? 1 : 0)));
        }
        return Math.log(sum) + top - scores[at + label];
    }

    /**
     * Huber's loss with a bend at 1.
     *
     * @param slopes receives {@code weight} times the slope
     * @return without the weight
     */
    static double huber(double error, int at, double weight, float[] slopes) {
        double size = Math.abs(error);
        slopes[at] += (float) (weight * Math.clamp(error, -1, 1));
        return size <= 1 ? 0.5 * error * error : size - 0.5;
    }
}
