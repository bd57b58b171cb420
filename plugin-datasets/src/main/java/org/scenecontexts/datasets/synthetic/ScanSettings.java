package org.scenecontexts.datasets.synthetic;

/**
 * The virtual depth camera.
 *
 * @param columns pixels of a row
 * @param rows rows of a picture
 * @param noise strength of every sensor error: 0 for an ideal sensor, 1 for a consumer depth camera
 * @param range largest depth that the camera measures, metres
 * @since 0.1
 */
public record ScanSettings(int columns, int rows, double noise, double range) {

    private static final int BASE_COLUMNS = 96;
    private static final int BASE_ROWS = 72;
    private static final double RANGE = 3.0;

    /** @throws IllegalArgumentException when there is no pixel, or a number is negative */
    public ScanSettings {
        if (columns < 1 || rows < 1 || !(noise >= 0) || !(range > 0)) {
            throw new IllegalArgumentException(
                    "scan settings need pixels, a noise of at least 0 and a range above 0, found " + columns + " x "
                            + rows + ", " + noise + ", " + range);
        }
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
