package org.scenecontexts.pointgroup;

import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Tensor;

/**
 * How far predicted offsets are from the way to the centre, and how much they point elsewhere (Jiang et al., PointGroup, CVPR
 * 2020, equations 1 and 2; REFERENCE 7.3): {@code sum |o - g|_1 / (n + 1e-6) - sum cos(o, g) / (n + 1e-6)} over the n rows
 * that belong to an object. Computed on the engine; nothing is read.
 *
 * @param norm the first part, metres, L1, scalar
 * @param direction the second part, -1 where all point to their centres, scalar
 */
record OffsetLoss(Tensor norm, Tensor direction) {

    private static final double EPSILON = 1e-6;
    private static final double LENGTH_EPSILON = 1e-8;

    /**
     * The two parts for a batch.
     *
     * @param offsets predicted, metres, {@code [M, 3]}
     * @throws IllegalArgumentException when there is not one offset per row of the targets
     */
    static OffsetLoss of(Tensor offsets, OffsetTargets targets) {
        int rows = targets.objects().length;
        if (offsets.columns() != 3 || offsets.rows() != rows) {
            throw new IllegalArgumentException("offsets of shape [" + rows + ", 3] expected, found " + offsets);
        }
        TensorEngine engine = offsets.engine();
        Tensor aims = engine.wrap(targets.offsets(), rows, 3);
        Tensor counted = engine.wrap(counted(targets), rows, 3);
        Tensor ways = engine.wrap(directions(targets), rows, 3);
        double share = 1 / (targets.count() + EPSILON);
        Tensor norm = offsets.subtract(aims).multiply(counted).abs().sum().scale(share);
        // Under the root instead of behind it: no direction has no slope there, and is as far from all others.
        Tensor lengths =
                offsets.square().sum(1).shift(LENGTH_EPSILON * LENGTH_EPSILON).sqrt();
        Tensor direction = offsets.multiply(ways).sum(1).divide(lengths).sum().scale(-share);
        return new OffsetLoss(norm, direction);
    }

    /** Both parts together, scalar. */
    Tensor total(double normWeight, double directionWeight) {
        return norm.scale(normWeight).add(direction.scale(directionWeight));
    }

    /** 1 three times for rows of objects, else 0. */
    private static float[] counted(OffsetTargets targets) {
        float[] counted = new float[targets.offsets().length];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = targets.objects()[i / 3] ? 1 : 0;
        }
        return counted;
    }

    /** The way to the centre with a length of 1; zeros for rows of no object. */
    private static float[] directions(OffsetTargets targets) {
        float[] g = targets.offsets();
        float[] directions = new float[g.length];
        for (int at = 0; at < g.length; at += 3) {
            if (targets.objects()[at / 3]) {
                double length = Math.sqrt(
                        (double) g[at] * g[at] + (double) g[at + 1] * g[at + 1] + (double) g[at + 2] * g[at + 2]);
                for (int axis = 0; axis < 3; axis++) {
                    directions[at + axis] = (float) (g[at + axis] / (length + LENGTH_EPSILON));
                }
            }
        }
        return directions;
    }
}
