package org.scenecontexts.votenet.net;

/**
 * Spreads seeds and centres of proposals as the published program does, for its figures: points within 3.2 cm of the origin
 * are chosen as the first at most, and where all points are chosen the first repeats (REFERENCE 2.3, 12.1 Q5).
 *
 * @since 0.2
 */
public final class PublishedSpread {

    /** Squared metres; compared in double precision, as published. */
    private static final double NEAR = 1e-3;

    private PublishedSpread() {}

    /**
     * Farthest points of each scene.
     *
     * @param positions {@code [N, 3]}, metres
     * @param offsets first point of each scene, {@code [B + 1]}
     * @param count points of each scene that are chosen
     * @return {@code [B * count]}
     */
    public static int[] rows(float[] positions, int[] offsets, int count) {
        int[] rows = new int[(offsets.length - 1) * count];
        for (int b = 0; b < offsets.length - 1; b++) {
            spread(positions, offsets[b], offsets[b + 1], rows, b * count, count);
        }
        return rows;
    }

    private static void spread(float[] positions, int from, int to, int[] rows, int at, int count) {
        float[] nearest = new float[to - from];
        java.util.Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        rows[at] = from;
        for (int k = 1; k < count; k++) {
            rows[at + k] = from + next(positions, from, rows[at + k - 1], nearest);
        }
    }

    /** The farthest after another was chosen, counted from the scene's first. */
    private static int next(float[] positions, int from, int last, float[] nearest) {
        float x = positions[3 * last];
        float y = positions[3 * last + 1];
        float z = positions[3 * last + 2];
        int best = 0;
        float most = -1;
        for (int i = 0; i < nearest.length; i++) {
            float px = positions[3 * (from + i)];
            float py = positions[3 * (from + i) + 1];
            float pz = positions[3 * (from + i) + 2];
            if (px * px + py * py + pz * pz <= NEAR) {
                continue;
            }
            float squared = (px - x) * (px - x) + (py - y) * (py - y) + (pz - z) * (pz - z);
            nearest[i] = Math.min(nearest[i], squared);
            if (nearest[i] > most) {
                most = nearest[i];
                best = i;
            }
        }
        return best;
    }
}
