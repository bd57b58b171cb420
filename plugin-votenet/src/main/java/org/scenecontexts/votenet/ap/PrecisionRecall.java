package org.scenecontexts.votenet.ap;

/**
 * How precision falls as recall grows, and the two ways to make one number of it (Everingham et al., The PASCAL Visual Object
 * Classes Challenge, IJCV 2010 and its development kits; REFERENCE 8.6).
 *
 * @param precision after each detection, from the surest on
 * @param recall after each detection; grows
 */
record PrecisionRecall(double[] precision, double[] recall) {

    private static final int POINTS = 11;

    /** The area under the curve, where each precision counts as the best at that recall or a higher one. */
    double area() {
        double area = 0;
        double best = 0;
        for (int i = precision.length - 1; i >= 0; i--) {
            best = Math.max(best, precision[i]);
            area += (recall[i] - (i == 0 ? 0 : recall[i - 1])) * best;
        }
        return area;
    }

    /** The mean of the best precisions at recalls of 0, 0.1, ... 1 or higher, as of 2007. */
    double elevenPoints() {
        double sum = 0;
        for (int point = 0; point < POINTS; point++) {
            double best = 0;
            for (int i = 0; i < recall.length; i++) {
                if (recall[i] >= point * 0.1) {
                    best = Math.max(best, precision[i]);
                }
            }
            sum += best;
        }
        return sum / POINTS;
    }

    /** What is found in the end; 0 where nothing was detected. */
    double last() {
        return recall.length == 0 ? 0 : recall[recall.length - 1];
    }
}
