package org.scenecontexts.datasets.sunrgbd;

import java.util.List;

/**
 * Where the points of a cloud vote, as the published files store it: for each point whether it lies in a box, and the ways to
 * the centres of up to three boxes that hold it (REFERENCE 8.5).
 *
 * <p>The first way also stands where the second and the third would; of more than three boxes the last one keeps the third
 * place.
 */
final class Votes {

    static final int COLUMNS = 10;

    private static final int PLACES = 3;

    private Votes() {}

    /**
     * @param points rows of at least x, y, z
     * @param columns of a row
     * @param boxes rows of the published boxes, {@code [8]} each
     * @return {@code [N, 10]}
     */
    static double[] of(double[] points, int columns, List<double[]> boxes) {
        int n = points.length / columns;
        double[] votes = new double[COLUMNS * n];
        int[] held = new int[n];
        for (double[] box : boxes) {
            double c = StrictMath.cos(box[6]);
            double s = StrictMath.sin(box[6]);
            for (int i = 0; i < n; i++) {
                double x = box[0] - points[columns * i];
                double y = box[1] - points[columns * i + 1];
                double z = box[2] - points[columns * i + 2];
                // Headings count clockwise.
                boolean inside =
                        Math.abs(c * x - s * y) <= box[3] && Math.abs(s * x + c * y) <= box[4] && Math.abs(z) <= box[5];
                if (inside) {
                    put(votes, COLUMNS * i, held[i], x, y, z);
                    held[i] = Math.min(PLACES - 1, held[i] + 1);
                }
            }
        }
        return votes;
    }

    private static void put(double[] votes, int at, int place, double x, double y, double z) {
        votes[at] = 1;
        for (int k = place; k < (place == 0 ? PLACES : place + 1); k++) {
            votes[at + 1 + 3 * k] = x;
            votes[at + 2 + 3 * k] = y;
            votes[at + 3 + 3 * k] = z;
        }
    }
}
