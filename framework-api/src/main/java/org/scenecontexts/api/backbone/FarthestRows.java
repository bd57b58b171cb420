package org.scenecontexts.api.backbone;

import java.util.Arrays;
import org.scenecontexts.api.data.PointBatch;

/**
 * Spreads seeds over the rows of scenes where no plugin brings kernels that do (farthest point sampling, as VoteNet takes its
 * seeds, REFERENCE 8.1), to the same rows: plain loops, which the JVM turns into vector code.
 */
final class FarthestRows {

    private final float[] x;
    private final float[] y;
    private final float[] z;
    private final float[] nearest;

    private FarthestRows(float[] positions, int from, int rows) {
        x = new float[rows];
        y = new float[rows];
        z = new float[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = positions[3 * (from + i)];
            y[i] = positions[3 * (from + i) + 1];
            z[i] = positions[3 * (from + i) + 2];
        }
        nearest = new float[rows];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    }

    /** @param wanted per scene, no more than it has rows */
    static int[] of(PointBatch batch, int[] wanted) {
        int[] chosen = new int[Arrays.stream(wanted).sum()];
        int at = 0;
        for (int b = 0; b < wanted.length; b++) {
            int from = batch.offsets()[b];
            FarthestRows scene = new FarthestRows(batch.positions(), from, batch.offsets()[b + 1] - from);
            int row = 0;
            for (int k = 0; k < wanted[b]; k++) {
                chosen[at++] = from + row;
                scene.approach(row);
                row = scene.farthest();
            }
        }
        return chosen;
    }

    private void approach(int row) {
        float px = x[row];
        float py = y[row];
        float pz = z[row];
        for (int i = 0; i < nearest.length; i++) {
            float dx = x[i] - px;
            float dy = y[i] - py;
            float dz = z[i] - pz;
            nearest[i] = Math.min(nearest[i], dx * dx + dy * dy + dz * dz);
        }
    }

    /** The lowest of equals. */
    private int farthest() {
        float most = 0;
        for (float distance : nearest) {
            most = Math.max(most, distance);
        }
        int row = 0;
        while (nearest[row] < most) {
            row++;
        }
        return row;
    }
}
