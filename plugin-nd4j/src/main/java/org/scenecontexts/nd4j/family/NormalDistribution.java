package org.scenecontexts.nd4j.family;

/** The normal distribution, for GELU, to double precision also far below zero, where a difference would have no digits. */
final class NormalDistribution {

    /** From here on the tail is a continued fraction that converges within these terms. */
    private static final double FAR = 4;

    private static final int TERMS = 60;

    private NormalDistribution() {}

    static double density(double x) {
        return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    /** The probability of less than x. */
    static double below(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        return x < 0 ? tail(-x) : 1 - tail(x);
    }

    /** The probability of more than x, which is 0 or more. */
    private static double tail(double x) {
        double density = density(x);
        if (density == 0) {
            return 0;
        }
        if (x >= FAR) {
            // Laplace's continued fraction: density / (x + 1 / (x + 2 / (x + 3 / ...))).
            double fraction = x;
            for (int k = TERMS; k > 0; k--) {
                fraction = x + k / fraction;
            }
            return density / fraction;
        }
        // Marsaglia, Evaluating the Normal Distribution, 2004: a Taylor series whose terms are all positive.
        double term = x;
        double sum = x;
        for (int i = 3; sum + term != sum; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 - density * sum;
    }
}
