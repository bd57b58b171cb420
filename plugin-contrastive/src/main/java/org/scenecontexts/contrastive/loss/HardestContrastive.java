package org.scenecontexts.contrastive.loss;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The hardest-contrastive loss (Choy et al. 2019; PointContrast, Xie et al. 2020, section 3.3): every match is pulled within
 * one margin, and for each of its points the nearest of some random points of the other view is pushed beyond another,
 * unless it happens to be a match too.
 */
final class HardestContrastive implements ContrastiveLoss {

    private final HardestContrastiveFactory.Config config;

    HardestContrastive(HardestContrastiveFactory.Config config) {
        this.config = config;
    }

    @Override
    public LossResult apply(MatchedViews views, RandomGenerator random) {
        Map<String, Double> figures = new LinkedHashMap<>();
        int[] places = draw(views.first().length, config.points(), random);
        figures.put("matches", (double) places.length);
        if (places.length == 0) {
            return new LossResult(views.features0().engine().zeros(1), figures, 0);
        }
        int[] candidates0 = draw(views.features0().rows(), config.candidates(), random);
        int[] candidates1 = draw(views.features1().rows(), config.candidates(), random);
        return of(views, places, candidates0, candidates1, figures);
    }

    /** The loss over chosen matches and candidates. */
    LossResult of(MatchedViews views, int[] places, int[] candidates0, int[] candidates1, Map<String, Double> figures) {
        int[] first = Arrays.stream(places).map(i -> views.first()[i]).toArray();
        int[] second = Arrays.stream(places).map(i -> views.second()[i]).toArray();
        HardestContrastiveOp op =
                new HardestContrastiveOp(config, new KnownMatches(views), first, second, candidates0, candidates1);
        Tensor loss = op.apply(
                views.features0().gatherRows(first),
                views.features1().gatherRows(second),
                views.features0().gatherRows(candidates0),
                views.features1().gatherRows(candidates1));
        figures.put("positive", op.positive());
        figures.put("negative", op.negative());
        return new LossResult(loss, figures, places.length);
    }

    private static int[] draw(int available, int limit, RandomGenerator random) {
        int[] order = new int[available];
        Arrays.setAll(order, i -> i);
        int count = Math.min(available, limit);
        for (int i = 0; i < count && count < available; i++) {
            int j = random.nextInt(i, available);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return Arrays.copyOf(order, count);
    }

    /** Tells whether two rows match. */
    static final class KnownMatches {

        private final long[] keys;

        KnownMatches(MatchedViews views) {
            keys = new long[views.first().length];
            Arrays.setAll(keys, i -> key(views.first()[i], views.second()[i]));
            Arrays.sort(keys);
        }

        private static long key(int first, int second) {
            return (long) first << 32 | second;
        }

        boolean contains(int first, int second) {
            return Arrays.binarySearch(keys, key(first, second)) >= 0;
        }
    }
}
