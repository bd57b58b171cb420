package org.scenecontexts.contrastive.loss;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
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
        TensorEngine engine = views.features0().engine();
        Map<String, Tensor> figures = new LinkedHashMap<>();
        int[] places = draw(views.first().length, config.points(), random);
        figures.put("matches", LossResult.figure(engine, places.length));
        if (places.length == 0) {
            return new LossResult(engine.zeros(1), figures, 0);
        }
        int[] candidates0 = draw(views.features0().rows(), config.candidates(), random);
        int[] candidates1 = draw(views.features1().rows(), config.candidates(), random);
        return of(views, places, candidates0, candidates1, figures);
    }

    /** The loss over chosen matches and candidates. */
    LossResult of(MatchedViews views, int[] places, int[] candidates0, int[] candidates1, Map<String, Tensor> figures) {
        int[] first = Arrays.stream(places).map(i -> views.first()[i]).toArray();
        int[] second = Arrays.stream(places).map(i -> views.second()[i]).toArray();
        TensorEngine engine = views.features0().engine();
        int rows0 = views.features0().rows();
        int rows1 = views.features1().rows();
        ContrastKernels.Rows rows = new ContrastKernels.Rows(
                ContrastKernels.RowList.of(engine, first, rows0),
                ContrastKernels.RowList.of(engine, second, rows1),
                ContrastKernels.RowList.of(engine, candidates0, rows0),
                ContrastKernels.RowList.of(engine, candidates1, rows1),
                ContrastKernels.RowList.of(engine, views.first(), rows0),
                ContrastKernels.RowList.of(engine, views.second(), rows1));
        HardestContrastiveOp op = new HardestContrastiveOp(
                new ContrastKernels.Margins(config.positiveMargin(), config.negativeMargin(), config.negativeWeight()),
                rows);
        Tensor loss = op.apply(
                views.features0().gatherRows(rows.first().there()),
                views.features1().gatherRows(rows.second().there()),
                views.features0().gatherRows(rows.candidates0().there()),
                views.features1().gatherRows(rows.candidates1().there()));
        figures.put("positive", op.figure(1));
        figures.put("negative", op.figure(2));
        op.losses().release();
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
}
