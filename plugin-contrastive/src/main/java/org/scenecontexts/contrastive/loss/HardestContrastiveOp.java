package org.scenecontexts.contrastive.loss;

import java.util.List;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;

/**
 * The hardest-contrastive loss with its gradient in closed form.
 *
 * <p>Inputs: features of the first points {@code [n, C]} and of the second points {@code [n, C]} of the matches, features of
 * the candidates of the first views {@code [h0, C]} and of the second views {@code [h1, C]}. Output: {@code mean(max(0, |f -
 * s|^2 - positiveMargin)) + negativeWeight / 2 * sum over both sides of mean(max(0, negativeMargin - d)^2)}, where d is the
 * distance to the nearest candidate and candidates that are matches do not count.
 */
final class HardestContrastiveOp extends DifferentiableOp {

    /** Added to squared distances before the root, as published. */
    private static final double EPSILON = 1e-7;

    private final HardestContrastiveFactory.Config config;
    private final HardestContrastive.KnownMatches matches;
    private final int[] first;
    private final int[] second;
    private final int[] candidates0;
    private final int[] candidates1;
    private Tensor[] gradients;
    private double positive;
    private double negative;

    HardestContrastiveOp(
            HardestContrastiveFactory.Config config,
            HardestContrastive.KnownMatches matches,
            int[] first,
            int[] second,
            int[] candidates0,
            int[] candidates1) {
        this.config = config;
        this.matches = matches;
        this.first = first;
        this.second = second;
        this.candidates0 = candidates0;
        this.candidates1 = candidates1;
    }

    /** The part of the matches, after the forward pass. */
    double positive() {
        return positive;
    }

    /** The part of the negatives, unweighted, after the forward pass. */
    double negative() {
        return negative;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        gradients = inputs.stream()
                .map(input -> engine.zeros(input.rows(), input.columns()))
                .toArray(Tensor[]::new);
        positive = positives(inputs.get(0), inputs.get(1));
        int[] hardest1 = hardest(engine, inputs.get(0), inputs.get(3));
        int[] hardest0 = hardest(engine, inputs.get(1), inputs.get(2));
        for (int i = 0; i < first.length; i++) {
            hardest1[i] = matches.contains(first[i], candidates1[hardest1[i]]) ? -1 : hardest1[i];
            hardest0[i] = matches.contains(candidates0[hardest0[i]], second[i]) ? -1 : hardest0[i];
        }
        negative = (negatives(inputs, 0, 3, hardest1) + negatives(inputs, 1, 2, hardest0)) / 2;
        if (!keeping()) {
            for (Tensor gradient : gradients) {
                gradient.release();
            }
        }
        Tensor loss = engine.allocate(1);
        loss.data()[0] = (float) (positive + config.negativeWeight() * negative);
        return loss;
    }

    private double positives(Tensor a, Tensor b) {
        int channels = a.columns();
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            double excess = squared(a.data(), i, b.data(), i, channels) - config.positiveMargin();
            if (excess > 0) {
                sum += excess;
                pull(a, i, b, i, 2.0 / a.rows(), gradients[0], gradients[1]);
            }
        }
        return sum / a.rows();
    }

    private static double squared(float[] a, int i, float[] b, int j, int channels) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            double d = a[i * channels + c] - b[j * channels + c];
            sum += d * d;
        }
        return sum;
    }

    /** Adds {@code factor * (a_i - b_j)} to the gradient of a, and its opposite to that of b. */
    private static void pull(Tensor a, int i, Tensor b, int j, double factor, Tensor gradA, Tensor gradB) {
        int channels = a.columns();
        for (int c = 0; c < channels; c++) {
            float d = (float) (factor * (a.data()[i * channels + c] - b.data()[j * channels + c]));
            gradA.data()[i * channels + c] += d;
            gradB.data()[j * channels + c] -= d;
        }
    }

    /** The nearest candidate of every point. */
    private static int[] hardest(TensorEngine engine, Tensor points, Tensor candidates) {
        int[] nearest = new int[points.rows()];
        int channels = points.columns();
        engine.parallel().rows(points.rows(), 64, (from, to) -> {
            for (int i = from; i < to; i++) {
                double best = Double.POSITIVE_INFINITY;
                for (int j = 0; j < candidates.rows(); j++) {
                    double distance = squared(points.data(), i, candidates.data(), j, channels);
                    if (distance < best) {
                        best = distance;
                        nearest[i] = j;
                    }
                }
            }
        });
        return nearest;
    }

    private double negatives(List<Tensor> inputs, int side, int other, int[] hardest) {
        Tensor points = inputs.get(side);
        Tensor candidates = inputs.get(other);
        int used = 0;
        for (int candidate : hardest) {
            used += candidate >= 0 ? 1 : 0;
        }
        double sum = 0;
        for (int i = 0; i < hardest.length; i++) {
            if (hardest[i] < 0) {
                continue;
            }
            double distance =
                    Math.sqrt(squared(points.data(), i, candidates.data(), hardest[i], points.columns()) + EPSILON);
            double missing = config.negativeMargin() - distance;
            if (missing > 0) {
                sum += missing * missing;
                double factor = -config.negativeWeight() * missing / (distance * used);
                pull(points, i, candidates, hardest[i], factor, gradients[side], gradients[other]);
            }
        }
        return used == 0 ? 0 : sum / used;
    }

    @Override
    protected void backward(Tensor gradient, Gradients inputs) {
        float factor = gradient.data()[0];
        for (int i = 0; i < gradients.length; i++) {
            Tensor t = gradients[i];
            gradient.engine().dense().scale(t.size(), factor, t.data(), t.data());
            inputs.add(i, t);
        }
    }
}
