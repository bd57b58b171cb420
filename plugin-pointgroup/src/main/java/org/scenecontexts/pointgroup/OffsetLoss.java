package org.scenecontexts.pointgroup;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/**
 * How far predicted offsets are from the way to the centre, and how much they point elsewhere (Jiang et al., PointGroup, CVPR
 * 2020, equations 1 and 2; REFERENCE 7.3): {@code sum |o - g|_1 / (n + 1e-6) - sum cos(o, g) / (n + 1e-6)} over the n rows
 * that belong to an object.
 */
final class OffsetLoss extends DifferentiableOp {

    private static final double EPSILON = 1e-6;
    private static final float LENGTH_EPSILON = 1e-8f;

    private final OffsetTargets targets;
    private final float normWeight;
    private final float directionWeight;
    private double norm;
    private double direction;
    private Tensor gradient;

    OffsetLoss(OffsetTargets targets, double normWeight, double directionWeight) {
        this.targets = targets;
        this.normWeight = (float) normWeight;
        this.directionWeight = (float) directionWeight;
    }

    /** The first part, after {@link #apply}: metres, L1. */
    double norm() {
        return norm;
    }

    /** The second part, after {@link #apply}: -1 where all point to their centres. */
    double direction() {
        return direction;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        Tensor offsets = inputs.getFirst();
        if (offsets.columns() != 3 || offsets.rows() != targets.objects().length) {
            throw new IllegalArgumentException(
                    "offsets of shape [" + targets.objects().length + ", 3] expected, found " + offsets);
        }
        float[] o = offsets.toArray();
        float[] d = new float[o.length];
        double share = 1 / (targets.count() + EPSILON);
        double distances = 0;
        double cosines = 0;
        for (int row = 0; row < targets.objects().length; row++) {
            if (targets.objects()[row]) {
                distances += distance(o, d, 3 * row, share);
                cosines += cosine(o, d, 3 * row, share);
            }
        }
        norm = distances * share;
        direction = -cosines * share;
        if (keeping()) {
            gradient = engine.allocate(offsets.shape());
            gradient.set(d);
        }
        Tensor loss = engine.allocate(1);
        loss.set(new float[] {(float) (normWeight * norm + directionWeight * direction)});
        return loss;
    }

    private double distance(float[] o, float[] d, int at, double share) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            float difference = o[at + axis] - targets.offsets()[at + axis];
            sum += Math.abs(difference);
            d[at + axis] += (float) (normWeight * share * Math.signum(difference));
        }
        return sum;
    }

    private double cosine(float[] o, float[] d, int at, double share) {
        float[] g = targets.offsets();
        double length = length(o, at);
        double target = length(g, at) + LENGTH_EPSILON;
        double scaled = length + LENGTH_EPSILON;
        double product = 0;
        for (int axis = 0; axis < 3; axis++) {
            product += g[at + axis] / target * o[at + axis];
        }
        for (int axis = 0; axis < 3; axis++) {
            // No direction, no way in which the length could change it.
            double alongLength = length == 0 ? 0 : product * o[at + axis] / (length * scaled * scaled);
            double slope = g[at + axis] / target / scaled - alongLength;
            d[at + axis] -= (float) (directionWeight * share * slope);
        }
        return product / scaled;
    }

    private static double length(float[] values, int at) {
        return Math.sqrt((double) values[at] * values[at]
                + (double) values[at + 1] * values[at + 1]
                + (double) values[at + 2] * values[at + 2]);
    }

    @Override
    protected void backward(Tensor outputGradient, Gradients inputs) {
        outputGradient
                .engine()
                .dense()
                .scaleBy(gradient.size(), outputGradient.buffer(), gradient.buffer(), gradient.buffer());
        inputs.add(0, gradient);
    }
}
