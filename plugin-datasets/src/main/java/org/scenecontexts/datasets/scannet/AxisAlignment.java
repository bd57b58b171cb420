package org.scenecontexts.datasets.scannet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.scenecontexts.api.data.Attribute;
import org.scenecontexts.api.data.CloudException;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npy;

/**
 * Turns a scan so that its walls lie along the axes: {@code axisAlignment} of {@code <scan>.txt} (REFERENCE 8.4).
 *
 * @param matrix row-major, {@code [4, 4]}
 */
record AxisAlignment(double[] matrix) {

    /**
     * Attribute of scenes: the matrix, so that what is found in a turned scan can be told in the frame of its recording.
     * Detection's submissions ask for it by this name.
     */
    static final String ATTRIBUTE = "axis-alignment";

    /** Of the prepared file that holds the matrix, {@code [4, 4]}; the published files have none. */
    static final String ENDING = "_axis_align_matrix.npy";

    private static final String KEY = "axisAlignment";
    private static final int NUMBERS = 16;

    static final AxisAlignment NONE = new AxisAlignment(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});

    /**
     * Reads the text of a scan; test scans, which have no such line, are left as they are.
     *
     * @throws CloudException when the line does not hold 16 numbers, or a scan with labels has none: its boxes would lie
     *     across its walls
     */
    static AxisAlignment of(RawScan scan) {
        Optional<AxisAlignment> found = Files.isRegularFile(scan.info()) ? read(scan.info()) : Optional.empty();
        if (found.isEmpty() && scan.labelled()) {
            throw new CloudException(scan.info() + ": has no line '" + KEY + " = ' with the " + NUMBERS
                    + " numbers that turn the scan along its walls; copy the file again");
        }
        return found.orElse(NONE);
    }

    private static Optional<AxisAlignment> read(Path file) {
        try {
            int number = 0;
            // Not UTF-8: nothing but ASCII is expected, and what else there is must not stop the preparation.
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                number++;
                int sign = line.indexOf('=');
                if (sign >= 0 && line.substring(0, sign).strip().equals(KEY)) {
                    return Optional.of(parse(
                            file + ", line " + number, line.substring(sign + 1).strip()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new CloudException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * Reads a prepared matrix; empty without the file, as published.
     *
     * @throws CloudException when it does not hold 16 finite numbers
     */
    static Optional<AxisAlignment> prepared(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        double[] numbers = Npy.read(file).doubles();
        if (numbers.length != NUMBERS || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw new CloudException(file + ": expected " + NUMBERS + " finite numbers (4 x 4, row by row), found "
                    + Arrays.toString(numbers) + "; prepare the scan again");
        }
        return Optional.of(new AxisAlignment(numbers));
    }

    NpArray array() {
        return NpArray.of(matrix, 4, 4);
    }

    Attribute attribute() {
        float[] numbers = new float[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = (float) matrix[i];
        }
        return new Attribute.Floats(ATTRIBUTE, NUMBERS, numbers);
    }

    private static AxisAlignment parse(String place, String text) {
        String[] words = text.split("\\s+");
        try {
            double[] numbers =
                    Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            if (numbers.length == NUMBERS && Arrays.stream(numbers).allMatch(Double::isFinite)) {
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
