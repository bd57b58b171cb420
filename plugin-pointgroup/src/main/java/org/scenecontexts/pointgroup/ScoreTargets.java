package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.data.PointBatch;

/**
 * How much of a true object each proposal is, which a score network learns to tell (Jiang et al., PointGroup, CVPR 2020,
 * equation 5): the largest overlap with an object of any class, as a number between 0 (a quarter or less) and 1 (three quarters
 * or more).
 *
 * <p>Rows without a label count as rows of no object, as published; but in a scene of which less than half is labelled only the
 * labelled rows count, and a proposal without one teaches nothing and is left out.
 *
 * @param proposals rows of the batch of each proposal that something is known about
 * @param targets 0 to 1, one for each
 */
record ScoreTargets(List<int[]> proposals, float[] targets) {

    private static final double NOTHING = 0.25;
    private static final double ALL = 0.75;

    /**
     * @param stuff for each class whether it has no objects, {@code [K]}
     * @param proposals rows of the batch, none of them empty, each within one scene
     */
    static ScoreTargets of(PointBatch points, boolean[] stuff, List<int[]> proposals) {
        boolean[] counted = counted(points);
        Map<Long, Integer> objects = new HashMap<>();
        for (int b = 0; b < points.scenes(); b++) {
            for (int row = points.offsets()[b]; row < points.offsets()[b + 1]; row++) {
                object(points, stuff, b, row).ifPresent(key -> objects.merge(key, 1, Integer::sum));
            }
        }
        List<int[]> known = new ArrayList<>();
        List<Float> targets = new ArrayList<>();
        for (int[] proposal : proposals) {
            int scene = ScoreNet.sceneOf(proposal[0], points.offsets());
            int size = 0;
            Map<Long, Integer> common = new HashMap<>();
            for (int row : proposal) {
                size += counted[row] ? 1 : 0;
                object(points, stuff, scene, row).ifPresent(key -> common.merge(key, 1, Integer::sum));
            }
            if (size > 0) {
                known.add(proposal);
                targets.add(target(best(common, objects, size)));
            }
        }
        float[] array = new float[targets.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = targets.get(i);
        }
        return new ScoreTargets(known, array);
    }

    private static double best(Map<Long, Integer> common, Map<Long, Integer> objects, int size) {
        double best = 0;
        for (Map.Entry<Long, Integer> touch : common.entrySet()) {
            int union = size + objects.get(touch.getKey()) - touch.getValue();
            best = Math.max(best, (double) touch.getValue() / union);
        }
        return best;
    }

    /** Of an overlap (intersection over union). */
    static float target(double overlap) {
        return (float) Math.clamp((overlap - NOTHING) / (ALL - NOTHING), 0, 1);
    }

    /** Rows that count for the size of a proposal. */
    private static boolean[] counted(PointBatch points) {
        boolean[] counted = new boolean[points.rows()];
        for (int b = 0; b < points.scenes(); b++) {
            int labelled = 0;
            for (int row = points.offsets()[b]; row < points.offsets()[b + 1]; row++) {
                counted[row] = points.labels()[row] >= 0;
                labelled += counted[row] ? 1 : 0;
            }
            if (2L * labelled >= points.offsets()[b + 1] - points.offsets()[b]) {
                java.util.Arrays.fill(counted, points.offsets()[b], points.offsets()[b + 1], true);
            }
        }
        return counted;
    }

    private static Optional<Long> object(PointBatch points, boolean[] stuff, int scene, int row) {
        int label = points.labels()[row];
        int instance = points.instances()[row];
        return label >= 0 && !stuff[label] && instance >= 0
                ? Optional.of((long) scene << 32 | instance)
                : Optional.empty();
    }
}
