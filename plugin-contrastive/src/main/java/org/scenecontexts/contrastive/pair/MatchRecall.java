package org.scenecontexts.contrastive.pair;

import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.Batch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.contrastive.loss.ContrastKernels;

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
     * @return {@code [1]}: 0 to 1; NaN when there is no match
     */
    static Tensor of(MatchedViews views, Batch batch, RandomGenerator random) {
        TensorEngine engine = views.features0().engine();
        int matches = views.first().length;
        int queries = Math.min(matches, QUERIES * views.pairs());
        int[] offsets1 = batch.views().get(1).offsets();
        int[] row = new int[queries];
        int[] from = new int[queries];
        int[] to = new int[queries];
        int[] truth = new int[queries];
        for (int q = 0; q < queries; q++) {
            int match = random.nextInt(matches);
            int pair = pairOf(views.offsets0(), views.first()[match]);
            row[q] = views.first()[match];
            from[q] = offsets1[pair];
            to[q] = offsets1[pair + 1] - 1;
            truth[q] = views.second()[match];
        }
        Tensor share = engine.allocate(1);
        engine.kernel(ContrastKernels.class)
                .recall(new ContrastKernels.Recall(
                        queries,
                        views.features0().columns(),
                        views.features0().buffer(),
                        views.features1().buffer(),
                        row,
                        from,
                        to,
                        truth,
                        originalPositions(batch),
                        RADIUS,
                        share.buffer()));
        return share;
    }

    private static int pairOf(int[] offsets, int row) {
        int pair = 0;
        while (row >= offsets[pair + 1]) {
            pair++;
        }
        return pair;
    }

    /** Where the points of the second views were before any augmentation, {@code [M1, 3]}. */
    private static float[] originalPositions(Batch batch) {
        int[] offsets1 = batch.views().get(1).offsets();
        float[] all = new float[3 * offsets1[batch.samples().size()]];
        for (int b = 0; b < batch.samples().size(); b++) {
            SampledPoints view = batch.samples().get(b).views().get(1);
            float[] original = batch.samples().get(b).example().views().get(1).positions();
            for (int i = 0; i < view.source().length; i++) {
                System.arraycopy(original, 3 * view.source()[i], all, 3 * (offsets1[b] + i), 3);
            }
        }
        return all;
    }
}
