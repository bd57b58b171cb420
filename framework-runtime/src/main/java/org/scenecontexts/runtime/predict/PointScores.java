package org.scenecontexts.runtime.predict;

import java.util.Arrays;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.io.array.NpArray;

/** Spreads what a network said about its rows (scores, features) to the original points. */
final class PointScores {

    private PointScores() {}

    /**
     * Values at every original point.
     *
     * @param rowOf for each point the original point of the scene, or -1 where it was not part of the scene
     * @param values of the sampled rows, {@code [M, K]}
     * @return {@code [points, K]}; not-a-number where the network saw nothing
     */
    static NpArray at(int[] rowOf, SampledPoints sampled, float[] values) {
        int columns = sampled.size() == 0 ? 0 : values.length / sampled.size();
        float[] spread = new float[Math.multiplyExact(rowOf.length, columns)];
        Arrays.fill(spread, Float.NaN);
        for (int i = 0; i < rowOf.length; i++) {
            int row = rowOf[i] < 0 ? -1 : sampled.inverse()[rowOf[i]];
            if (row >= 0) {
                System.arraycopy(values, row * columns, spread, i * columns, columns);
            }
        }
        return NpArray.of(spread, rowOf.length, columns);
    }

    /** As above, for the points of the scene itself. */
    static NpArray at(SampledPoints sampled, float[] values) {
        int[] identity = new int[sampled.inverse().length];
        Arrays.setAll(identity, i -> i);
        return at(identity, sampled, values);
    }
}
