package org.scenecontexts.runtime.execute;

import java.util.List;
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

    static PairedGain of(List<Double> differences) {
        double[] values = differences.stream().mapToDouble(Double::doubleValue).toArray();
        double mean = MatrixResults.mean(values);
        if (values.length < 2) {
            return new PairedGain(values.length, mean, Double.NaN, Double.NaN);
        }
        double half = TDistribution.of(values.length - 1.0).inverseCumulativeProbability(TWO_SIDED)
                * MatrixResults.spread(values)
                / Math.sqrt(values.length);
        return new PairedGain(values.length, mean, mean - half, mean + half);
    }
}
