package org.scenecontexts.contrastive.pair;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.task.MatchedViews;

/**
 * How good features are at finding places again: the share of matched points whose nearest neighbour in feature space,
 * among all points of the other view, lies within 10 cm of their true match.
 */
final class MatchRecall {

    /** Metres. */
    private static final double RADIUS = 0.1;

    private static final int QUERIES = 64;

    private MatchRecall() {}

    /**
     * Estimates the share from {@value #QUERIES} matches per pair.
     *
     * @return 0 to 1; NaN when there is no match
     */
    static double of(MatchedViews views, Batch batch, RandomGenerator random) {
        int hits = 0;
        int asked = 0;
        int matches = views.first().length;
        int queries = Math.min(matches, QUERIES * views.pairs());
        int[] offsets1 = batch.views().get(1).offsets();
        for (int q = 0; q < queries; q++) {
            int match = random.nextInt(matches);
            int pair = pairOf(views.offsets0(), views.first()[match]);
            int nearest = nearest(views, views.first()[match], offsets1[pair], offsets1[pair + 1]);
            PairSample sample = (PairSample) batch.samples().get(pair);
            int truth = views.second()[match] - offsets1[pair];
            hits += within(sample, truth, nearest - offsets1[pair]) ? 1 : 0;
            asked++;
        }
        return asked == 0 ? Double.NaN : (double) hits / asked;
    }

    private static int pairOf(int[] offsets, int row) {
        int pair = 0;
        while (row >= offsets[pair + 1]) {
            pair++;
        }
        return pair;
    }

    private static int nearest(MatchedViews views, int row, int from, int to) {
        int channels = views.features0().columns();
        float[] queries = views.features0().data();
        float[] keys = views.features1().data();
        int best = from;
        double bestDistance = Double.POSITIVE_INFINITY;
        for (int j = from; j < to; j++) {
            float distance = 0;
            for (int c = 0; c < channels; c++) {
                float d = queries[row * channels + c] - keys[j * channels + c];
                distance += d * d;
            }
            if (distance < bestDistance) {
                bestDistance = distance;
                best = j;
            }
        }
        return best;
    }

    private static boolean within(PairSample sample, int a, int b) {
        SampledPoints view = sample.views().get(1);
        float[] original = sample.example().views().get(1).positions();
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = original[3 * view.source()[a] + axis] - original[3 * view.source()[b] + axis];
            sum += d * d;
        }
        return sum <= RADIUS * RADIUS;
    }
}
