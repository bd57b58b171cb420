package org.scenecontexts.runtime.predict;

import java.util.Arrays;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.task.ScenePrediction;
import org.scenecontexts.io.array.NpArray;

/** Spreads what a network said about its rows to the original points. */
final class PointScores {

    private PointScores() {}

    /**
     * Raw scores at every original point.
     *
     * @param rowOf for each point the original point of the scene, or -1 where it was not part of the scene
     * @return {@code [points, K]}; not-a-number where the network saw nothing
     */
    static NpArray at(int[] rowOf, SampledPoints sampled, ScenePrediction prediction) {
        int columns = sampled.size() == 0 ? 0 : prediction.scores().length / sampled.size();
        float[] scores = new float[rowOf.length * columns];
        Arrays.fill(scores, Float.NaN);
        for (int i = 0; i < rowOf.length; i++) {
            int row = rowOf[i] < 0 ? -1 : sampled.inverse()[rowOf[i]];
            if (row >= 0) {
                System.arraycopy(prediction.scores(), row * columns, scores, i * columns, columns);
            }
        }
        return NpArray.of(scores, rowOf.length, columns);
    }
}
