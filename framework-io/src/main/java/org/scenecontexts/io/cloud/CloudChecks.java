package org.scenecontexts.io.cloud;

import java.util.Locale;
import java.util.Optional;
import org.scenecontexts.api.data.CloudException;

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

    /** No table without names has more columns, and no cloud as few points. */
    private static final int WIDEST = 16;

    /** One point in as many may be stray. */
    private static final int MANY = 100;

    private CloudChecks() {}

    /**
     * Checks that positions are in metres and lie together.
     *
     * @param source name of the cloud, for the message
     * @param positions {@code [N, 3]}, finite
     * @return what to tell the user when the extents are not those of a scene in metres
     */
    public static Optional<String> units(String source, float[] positions) {
        double extent = 0;
        double[] sides = new double[3];
        for (int a = 0; a < 3; a++) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = a; i < positions.length; i += 3) {
                min = Math.min(min, positions[i]);
                max = Math.max(max, positions[i]);
            }
            sides[a] = max - min;
            extent = Math.max(extent, sides[a]);
        }
        if (extent > LARGEST) {
            return Optional.of(large(source, positions, sides));
        }
        if (extent < SMALLEST && positions.length > 3) {
            return Optional.of(source + ": the cloud is " + text(sides) + " m large, less than " + SMALLEST
                    + " m: its unit is probably the kilometre (scale: 1000) or the cloud is normalised, metres are"
                    + " expected; set the option 'scale:' (--scale of csc predict)");
        }
        return Optional.empty();
    }

    /**
     * Refuses tables that lie on their side.
     *
     * @param source name of the file, and of the array where it has several
     * @throws CloudException when there are many columns for a handful of points
     */
    public static void upright(String source, int rows, int columns) {
        if (rows <= WIDEST && columns > WIDEST) {
            throw new CloudException(source + ": its shape is [" + rows + ", " + columns
                    + "], which would be " + rows + " points of " + columns
                    + " values; [N, 3] or wider is expected, one row per point: transpose it");
        }
    }

    /** A few stray points, a large place, or another unit. */
    private static String large(String source, float[] positions, double[] sides) {
        int n = positions.length / 3;
        double[] bulk = new double[3];
        int stray = 0;
        Spread[] spreads = new Spread[3];
        for (int a = 0; a < 3; a++) {
            int axis = a;
            spreads[a] = Spread.of(n, i -> positions[3 * i + axis]);
            bulk[a] = spreads[a].high() - spreads[a].low();
        }
        for (int i = 0; i < n; i++) {
            boolean far = false;
            for (int a = 0; a < 3; a++) {
                far |= Math.abs(positions[3 * i + a] - spreads[a].middle()) > LARGEST;
            }
            stray += far ? 1 : 0;
        }
        boolean together = bulk[0] <= LARGEST && bulk[1] <= LARGEST && bulk[2] <= LARGEST;
        if (together && stray > 0 && n >= MANY && stray <= n / MANY) {
            return source + ": " + stray + " of " + n + " points lie more than " + (int) LARGEST
                    + " m from the rest: with them the cloud is " + text(sides) + " m large, without about "
                    + text(bulk)
                    + " m; remove them from the file";
        }
        return source + ": the cloud is " + text(sides) + " m large, more than " + (int) LARGEST
                + " m: its unit is probably the millimetre (scale: 0.001) or the centimetre (scale: 0.01), metres are"
                + " expected; set the option 'scale:' (--scale of csc predict), or go on where it is a whole site in"
                + " metres";
    }

    private static String text(double[] sides) {
        return String.format(Locale.ROOT, "%.4g x %.4g x %.4g", sides[0], sides[1], sides[2]);
    }
}
