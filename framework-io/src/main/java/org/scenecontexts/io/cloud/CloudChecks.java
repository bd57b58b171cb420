package org.scenecontexts.io.cloud;

import java.util.Locale;
import java.util.Optional;

/**
 * Looks for clouds that can be read but are probably not what the user meant.
 *
 * @since 0.1
 */
public final class CloudChecks {

    /** No indoor scene is larger, metres. */
    public static final double LARGEST = 200;

    /** No scene is smaller, metres. */
    public static final double SMALLEST = 0.05;

    private CloudChecks() {}

    /**
     * Checks that positions are in metres.
     *
     * @param source name of the cloud, for the message
     * @param positions {@code [N, 3]}, finite
     * @return what to tell the user when the extents are not those of a scene in metres
     */
    public static Optional<String> units(String source, float[] positions) {
        double extent = 0;
        String sides = "";
        for (int a = 0; a < 3; a++) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = a; i < positions.length; i += 3) {
                min = Math.min(min, positions[i]);
                max = Math.max(max, positions[i]);
            }
            extent = Math.max(extent, max - min);
            sides += (a == 0 ? "" : " x ") + String.format(Locale.ROOT, "%.4g", max - min);
        }
        if (extent > LARGEST) {
            return Optional.of(source + ": the cloud is " + sides + " m large, more than " + (int) LARGEST
                    + " m: its unit is probably the millimetre (scale: 0.001) or the centimetre (scale: 0.01), metres are"
                    + " expected; set the option 'scale:' (--scale of csc predict)");
        }
        if (extent < SMALLEST && positions.length > 3) {
            return Optional.of(source + ": the cloud is " + sides + " m large, less than " + SMALLEST
                    + " m: its unit is probably the kilometre (scale: 1000) or the cloud is normalised, metres are expected;"
                    + " set the option 'scale:' (--scale of csc predict)");
        }
        return Optional.empty();
    }
}
