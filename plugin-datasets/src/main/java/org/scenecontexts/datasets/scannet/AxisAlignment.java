package org.scenecontexts.datasets.scannet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.scenecontexts.api.data.CloudException;

/**
 * Turns a scan so that its walls lie along the axes: {@code axisAlignment} of {@code <scan>.txt} (REFERENCE 8.4).
 *
 * @param matrix row-major, {@code [4, 4]}
 */
record AxisAlignment(double[] matrix) {

    private static final String KEY = "axisAlignment";

    static final AxisAlignment NONE = new AxisAlignment(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});

    /**
     * Reads the text of a scan; without the file or its line, as in test scans, nothing is turned.
     *
     * @throws CloudException when the line does not hold 16 numbers
     */
    static AxisAlignment read(Path file) {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try {
            int number = 0;
            // Not UTF-8: nothing but ASCII is expected, and what else there is must not stop the preparation.
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                number++;
                int sign = line.indexOf('=');
                if (sign >= 0 && line.substring(0, sign).strip().equals(KEY)) {
                    return parse(
                            file + ", line " + number, line.substring(sign + 1).strip());
                }
            }
            return NONE;
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    private static AxisAlignment parse(String place, String text) {
        String[] words = text.split("\\s+");
        try {
            double[] numbers =
                    Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            if (numbers.length == 16 && Arrays.stream(numbers).allMatch(Double::isFinite)) {
                return new AxisAlignment(numbers);
            }
        } catch (NumberFormatException e) {
            throw new CloudException(place + ": expected 16 numbers, found '" + text + "'; copy the file again", e);
        }
        throw new CloudException(place + ": expected 16 finite numbers (4 x 4, row by row), found " + words.length
                + "; copy the file again");
    }

    /** Positions in the aligned frame, {@code [N, 3]}; computed in double precision and rounded once, as published. */
    float[] apply(float[] positions) {
        float[] turned = new float[positions.length];
        for (int i = 0; i < positions.length; i += 3) {
            for (int row = 0; row < 3; row++) {
                turned[i + row] = (float) (matrix[4 * row] * positions[i]
                        + matrix[4 * row + 1] * positions[i + 1]
                        + matrix[4 * row + 2] * positions[i + 2]
                        + matrix[4 * row + 3]);
            }
        }
        return turned;
    }
}
