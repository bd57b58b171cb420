package org.scenecontexts.semseg;

/**
 * How much the classes count in a loss, by their points in the training data.
 *
 * @since 0.2
 */
public enum ClassWeighting {
    /** Every point counts the same. */
    EQUAL,
    /** Every class counts the same: its points by the inverse of their share. */
    BALANCED,
    /** Between the two: the square root of balanced, for classes so rare that a few points would rule the training. */
    SOFTENED;

    /**
     * The weights, whose mean over all labelled points is 1.
     *
     * @param counts points of each class, {@code [K]}
     * @return {@code [K]}; 1 for a class without points, which no point takes part with
     */
    float[] of(long[] counts) {
        double[] raw = new double[counts.length];
        double weighted = 0;
        long points = 0;
        for (int c = 0; c < counts.length; c++) {
            double inverse = counts[c] == 0 ? 0 : 1.0 / counts[c];
            raw[c] = this == EQUAL ? 1 : this == BALANCED ? inverse : Math.sqrt(inverse);
            weighted += raw[c] * counts[c];
            points += counts[c];
        }
        float[] weights = new float[counts.length];
        for (int c = 0; c < counts.length; c++) {
            weights[c] = counts[c] == 0 ? 1 : (float) (raw[c] * points / weighted);
        }
        return weights;
    }
}
