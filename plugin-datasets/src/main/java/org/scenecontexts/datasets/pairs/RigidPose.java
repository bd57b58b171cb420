package org.scenecontexts.datasets.pairs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.scenecontexts.api.data.CloudException;

/**
 * A 4 x 4 matrix of a recording: camera to world, or intrinsics, with the text form that the published files have.
 *
 * @param values row-major, {@code [16]}
 */
record RigidPose(double[] values) {

    private static final int DECIMALS = 6;

    double at(int row, int column) {
        return values[4 * row + column];
    }

    /** Four lines of four numbers with six decimals (REFERENCE 3.1). */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            text.append(number(values[i])).append(i % 4 == 3 ? "\n" : " ");
        }
        return text.toString();
    }

    /** What is left of the matrix after it has been written and read: all later steps work with this. */
    RigidPose rounded() {
        return parse(text(), "a matrix written by this program");
    }

    /**
     * Reads the text form.
     *
     * @param place for the message
     * @throws CloudException when the text is not 16 numbers
     */
    static RigidPose parse(String text, String place) {
        String[] words = text.strip().split("\\s+");
        if (words.length != 16) {
            throw new CloudException(place + ": expected 16 numbers (4 lines of 4), found " + words.length);
        }
        return new RigidPose(
                Arrays.stream(words).mapToDouble(word -> parse1(word, place)).toArray());
    }

    private static double parse1(String word, String place) {
        switch (word.toLowerCase(java.util.Locale.ROOT)) {
            case "inf":
                return Double.POSITIVE_INFINITY;
            case "-inf":
                return Double.NEGATIVE_INFINITY;
            case "nan", "-nan":
                return Double.NaN;
            default:
                try {
                    return Double.parseDouble(word);
                } catch (NumberFormatException e) {
                    throw new CloudException(place + ": expected a number, found '" + word + "'", e);
                }
        }
    }

    /** As C's {@code %f}: the exact binary value, rounded. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-inf" : "inf";
        }
        String text =
                new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        return negative && !text.startsWith("-") ? "-" + text : text;
    }
}
