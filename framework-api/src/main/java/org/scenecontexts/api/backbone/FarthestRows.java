package org.scenecontexts.api.backbone;

import java.util.Arrays;

/** Spreads seeds over the rows of one scene (farthest point sampling, as VoteNet takes its seeds, REFERENCE 8.1). */
final class FarthestRows {

    private FarthestRows() {}

    /**
     * @param positions of all rows, {@code [M, 3]}
     * @param from first row of the scene
     * @param to the row after its last, more than {@code from}
     */
    static int[] of(float[] positions, int from, int to, int count) {
        int rows = to - from;
        float[] nearest = new float[rows];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        int[] chosen = new int[count];
        int last = 0;
        for (int k = 0; k < count; k++) {
            if (k >= rows) {
                chosen[k] = chosen[k - rows];
                continue;
            }
            chosen[k] = from + last;
            float x = positions[3 * (from + last)];
            float y = positions[3 * (from + last) + 1];
            float z = positions[3 * (from + last) + 2];
            // Never chosen twice, however many points lie at one place.
            nearest[last] = -1;
            int best = 0;
            for (int i = 0; i < rows; i++) {
                float dx = positions[3 * (from + i)] - x;
                float dy = positions[3 * (from + i) + 1] - y;
                float dz = positions[3 * (from + i) + 2] - z;
                nearest[i] = Math.min(nearest[i], dx * dx + dy * dy + dz * dz);
                best = nearest[i] > nearest[best] ? i : best;
            }
            last = best;
        }
        return chosen;
    }
}
