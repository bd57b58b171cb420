package org.scenecontexts.contrastive.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.task.ContrastiveLoss;
import org.scenecontexts.api.task.LossResult;
import org.scenecontexts.api.task.MatchedViews;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.contrastive.partition.Partitioner;

/**
 * PointInfoNCE (Xie et al. 2020, section 3.3) and, with a partitioner, Contrastive Scene Contexts (Hou et al. 2021,
 * section 3.2): the published training iteration behind the network (REFERENCE 4.3).
 */
final class PointInfoNce implements ContrastiveLoss {

    /** Where negatives come from. */
    enum Negatives {
        /** All chosen points of the batch: plain PointInfoNCE as published. */
        BATCH,
        /** The chosen points of the same pair: needed for contexts, as positions of other pairs mean nothing. */
        PAIR
    }

    private final Partitioner partitioner;
    private final Negatives negatives;
    private final double temperature;
    private final int points;
    private final boolean weightInner;

    PointInfoNce(Partitioner partitioner, Negatives negatives, double temperature, int points, boolean weightInner) {
        this.partitioner = partitioner;
        this.negatives = negatives;
        this.temperature = temperature;
        this.points = points;
        this.weightInner = weightInner;
    }

    @Override
    public LossResult apply(MatchedViews views, RandomGenerator random) {
        MatchPicker.Picked all = MatchPicker.unique(views, random);
        List<MatchPicker.Picked> groups = new ArrayList<>();
        if (negatives == Negatives.BATCH) {
            groups.add(all.limit(points, random));
        } else {
            for (int b = 0; b < views.pairs(); b++) {
                groups.add(all.pair(b).limit(points, random));
            }
        }
        return of(views, groups);
    }

    /** The loss over chosen matches; every group counts equally, empty ones included (REFERENCE 4.3 item 3). */
    LossResult of(MatchedViews views, List<MatchPicker.Picked> groups) {
        float[] weights = weights(groups.size());
        TensorEngine engine = views.features0().engine();
        Tensor[] contexts = new Tensor[partitioner.count()];
        Arrays.setAll(contexts, c -> engine.zeros(1));
        Tensor total = null;
        int used = 0;
        for (MatchPicker.Picked group : groups) {
            if (group.size() == 0) {
                continue;
            }
            float[] positions = positions(views.positions0(), group.first());
            InfoNceOp op = new InfoNceOp(partitioner, positions, temperature, weights);
            Tensor loss = op.apply(
                    views.features0().gatherRows(group.first()),
                    views.features1().gatherRows(group.second()));
            for (int c = 0; c < contexts.length; c++) {
                Buffer mean = op.losses().buffer().slice(1 + c, 1);
                engine.dense().axpy(1, 1f / groups.size(), mean, contexts[c].buffer());
            }
            op.losses().release();
            used += group.size();
            total = total == null ? loss : total.add(loss);
        }
        if (total == null) {
            total = engine.zeros(1);
        }
        Map<String, Tensor> figures = new LinkedHashMap<>();
        figures.put("matches", LossResult.figure(engine, used));
        if (contexts.length > 1) {
            for (int c = 0; c < contexts.length; c++) {
                figures.put("context-" + c, contexts[c]);
            }
        }
        if (contexts.length == 1) {
            contexts[0].release();
        }
        return new LossResult(total, figures, used);
    }

    private static float[] positions(float[] xyz, int[] rows) {
        float[] chosen = new float[3 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(xyz, 3 * rows[i], chosen, 3 * i, 3);
        }
        return chosen;
    }

    private float[] weights(int groups) {
        int count = partitioner.count();
        float[] weights = new float[count];
        for (int c = 0; c < count; c++) {
            double factor = weightInner && c < count / 2 ? 2 : 1;
            weights[c] = (float) (factor / ((double) count * groups));
        }
        return weights;
    }
}
