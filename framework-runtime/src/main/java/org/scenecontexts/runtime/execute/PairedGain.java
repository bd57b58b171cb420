package org.scenecontexts.runtime.execute;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How much something gains over a baseline, from pairs that differ in nothing else: the mean of the differences with its 95%
 * interval by Student's t, which asks for differences that are about normal.
 *
 * @param pairs how many there are
 * @param mean of the differences; NaN without any
 * @param low lower end of the interval; NaN of fewer than two pairs
 * @param high upper end
 */
record PairedGain(int pairs, double mean, double low, double high) {

    private static final double TWO_SIDED = 0.975;

    static PairedGain of(double... differences) {
        int pairs = differences.length;
        double mean = MatrixResults.mean(differences);
        double half = pairs < 2
                ? Double.NaN
                : TDistribution.of(pairs - 1.0).inverseCumulativeProbability(TWO_SIDED)
                        * MatrixResults.spread(differences)
                        / Math.sqrt(pairs);
        return new PairedGain(pairs, mean, mean - half, mean + half);
    }
}
