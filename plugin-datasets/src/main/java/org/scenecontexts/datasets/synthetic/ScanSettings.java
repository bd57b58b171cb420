package org.scenecontexts.datasets.synthetic;

/**
 * The virtual depth camera.
 *
 * @param columns pixels of a row
 * @param rows rows of a picture
 * @param noise strength of every sensor error: 0 for an ideal sensor, 1 for a consumer depth camera
 * @param range largest depth that the camera measures, metres
 * @param steps what a depth is found from: the whole number nearest to this divided by the depth, as cameras do that
 *     compare a projected pattern; 0 for cameras without steps
 * @since 0.1
 */
public record ScanSettings(int columns, int rows, double noise, double range, double steps) {

    /**
     * Eighths of a pixel of disparity at 1 m of the first Kinect: its focal length of about 580 pixels times its base of
     * 7.5 cm times 8. Steps are 3 mm at 1 m, 7 cm at 5 m.
     */
    static final double KINECT_STEPS = 580 * 0.075 * 8;

    private static final int BASE_COLUMNS = 96;
    private static final int BASE_ROWS = 72;
    private static final double RANGE = 3.0;

    /** @throws IllegalArgumentException when there is no pixel, or a number is negative */
    public ScanSettings {
        if (columns < 1 || rows < 1 || !(noise >= 0) || !(range > 0) || !(steps >= 0)) {
            throw new IllegalArgumentException(
                    "scan settings need pixels, a noise and steps of at least 0 and a range above 0, found " + columns
                            + " x " + rows + ", " + noise + ", " + range + ", " + steps);
        }
    }

    /** A camera whose depths come without steps. */
    public ScanSettings(int columns, int rows, double noise, double range) {
        this(columns, rows, noise, range, 0);
    }

    /**
     * How far from the truth a measured depth is, metres.
     *
     * @param depth the true one
     * @param drawn error before the depth is brought to a step
     */
    double error(double depth, double drawn) {
        return steps == 0 ? drawn : steps / Math.max(1, Math.rint(steps / (depth + drawn))) - depth;
    }

    /** @param density points per picture, relative to the usual number */
    public static ScanSettings of(double density, double noise) {
        double side = Math.sqrt(density);
        return new ScanSettings(
                (int) Math.max(4, Math.round(BASE_COLUMNS * side)),
                (int) Math.max(4, Math.round(BASE_ROWS * side)),
                noise,
                RANGE);
    }
}
