package org.scenecontexts.datasets.sunrgbd;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * A labelled box as the metadata have it.
 *
 * @param label class, {@code 0 .. 9}
 * @param centre in the upright frame of the image, metres, {@code [3]}
 * @param halves half lengths across the heading, along it and upwards, metres, above 0, {@code [3]}
 * @param heading the direction in which it looks, x and y, {@code [2]}
 */
record RawBox(int label, double[] centre, double[] halves, double[] heading) {

    /** Columns of a row of the published files. */
    static final int COLUMNS = 8;

    private static final int PUBLISHED_DECIMALS = 6;

    /** Whether it has a place, a volume and a direction. */
    boolean usable() {
        return Arrays.stream(centre).allMatch(Double::isFinite)
                && Arrays.stream(halves).allMatch(half -> Double.isFinite(half) && half > 0)
                && Arrays.stream(heading).allMatch(Double::isFinite)
                && Math.hypot(heading[0], heading[1]) > 0;
    }

    /** With the six decimals that the published texts of labels have. */
    RawBox rounded() {
        return new RawBox(label, rounded(centre), rounded(halves), rounded(heading));
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values)
                .map(value -> Double.isFinite(value)
                        ? new BigDecimal(value)
                                .setScale(PUBLISHED_DECIMALS, RoundingMode.HALF_EVEN)
                                .doubleValue()
                        : value)
                .toArray();
    }

    /** Centre, half lengths along the heading, across it and upwards, heading clockwise, class (REFERENCE 8.5). */
    double[] row() {
        return new double[] {
            centre[0],
            centre[1],
            centre[2],
            halves[1],
            halves[0],
            halves[2],
            -StrictMath.atan2(heading[1], heading[0]),
            label
        };
    }
}
