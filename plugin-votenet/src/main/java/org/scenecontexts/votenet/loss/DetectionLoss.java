package org.scenecontexts.votenet.loss;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadColumns;
import org.scenecontexts.votenet.proposal.OneRead;

/**
 * The loss of a detector that votes (Qi et al., VoteNet, ICCV 2019, section 4.3 and appendix A.1; REFERENCE 8.3): votes,
 * objectness, centre, heading, size, class, each against the true box that is nearest.
 *
 * <p>Inputs: votes {@code [B * S * F, 3]}, means of votes per proposal {@code [B * K, 3]}, the head's output {@code [B * K,
 * width]}. Some hundred proposals against some tens of boxes are compared on the host, which reads the three together.
 *
 * @since 0.2
 */
public final class DetectionLoss extends DifferentiableOp {

    private final BoxCoding coding;
    private final HeadColumns columns;
    private final LossWeights weights;
    private final DetectionTargets targets;
    private final float[] seeds;
    private Map<String, Double> parts = Map.of();
    private float[] voteSlopes = {};
    private float[] headSlopes = {};
    private Assignment assignment = new Assignment(new int[0], new boolean[0], new boolean[0]);

    /** @param seeds where the seeds are, {@code [B * S, 3]}, metres; empty where there is no voting, as in BoxNet */
    public DetectionLoss(BoxCoding coding, int classes, LossWeights weights, DetectionTargets targets, float[] seeds) {
        this.coding = coding;
        columns = HeadColumns.of(coding, classes);
        this.weights = weights;
        this.targets = targets;
        this.seeds = seeds;
    }

    /** The parts by name, unweighted, after {@link #apply}; none where the loss is no number. */
    public Map<String, Double> parts() {
        return Collections.unmodifiableMap(parts);
    }

    /** Which box each proposal was compared with, after {@link #apply}. */
    public Assignment assignment() {
        return assignment;
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        requireShapes(inputs);
        List<float[]> read = OneRead.of(engine, inputs);
        float[] votes = read.get(0);
        float[] places = read.get(1);
        float[] head = read.get(2);
        voteSlopes = new float[votes.length];
        headSlopes = new float[head.length];
        if (!finite(votes) || !finite(places) || !finite(head)) {
            return unknown(engine);
        }
        float[] centres = places.clone();
        for (int i = 0; i < places.length; i++) {
            centres[i] += head[i / 3 * columns.width() + HeadColumns.CENTRE + i % 3];
        }
        assignment = Assignment.of(places, targets);
        parts = new LinkedHashMap<>();
        double vote = seeds.length == 0
                ? 0
                : VoteLoss.of(votes, seeds, targets, weights.scale() * weights.vote(), voteSlopes);
        parts.put("vote-loss", vote);
        parts.putAll(new ProposalLoss(coding, columns, weights, targets, assignment, head, headSlopes).parts(centres));
        return engine.wrap(new float[] {(float) total()}, 1);
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Nothing is nearest to a place that is no number: the loss is none either, and whoever trains sees that. */
    private Tensor unknown(TensorEngine engine) {
        Arrays.fill(voteSlopes, Float.NaN);
        Arrays.fill(headSlopes, Float.NaN);
        parts = Map.of();
        return engine.wrap(new float[] {Float.NaN}, 1);
    }

    private double total() {
        return weights.scale()
                * (weights.vote() * parts.get("vote-loss")
                        + weights.objectness() * parts.get("objectness-loss")
                        + weights.centre() * parts.get("centre-loss")
                        + weights.headingClass() * parts.get("heading-class-loss")
                        + weights.headingResidual() * parts.get("heading-residual-loss")
                        + weights.sizeClass() * parts.get("size-class-loss")
                        + weights.sizeResidual() * parts.get("size-residual-loss")
                        + weights.semantic() * parts.get("semantic-loss"));
    }

    private void requireShapes(List<Tensor> inputs) {
        Tensor places = inputs.get(1);
        Tensor head = inputs.get(2);
        if (places.columns() != 3 || head.rows() != places.rows() || head.columns() != columns.width()) {
            throw new IllegalArgumentException("proposals [B * K, 3] with a head of " + columns.width()
                    + " columns each expected, found " + places + " and " + head);
        }
    }

    @Override
    protected void backward(Tensor outputGradient, Gradients inputs) {
        TensorEngine engine = outputGradient.engine();
        // A mean of votes moves the centre of its proposal, and nothing else here.
        float[] placeSlopes = new float[headSlopes.length / columns.width() * 3];
        for (int i = 0; i < placeSlopes.length; i++) {
            placeSlopes[i] = headSlopes[i / 3 * columns.width() + HeadColumns.CENTRE + i % 3];
        }
        add(engine, outputGradient, inputs, 0, voteSlopes, 3);
        add(engine, outputGradient, inputs, 1, placeSlopes, 3);
        add(engine, outputGradient, inputs, 2, headSlopes, columns.width());
    }

    private static void add(
            TensorEngine engine, Tensor outputGradient, Gradients inputs, int input, float[] slopes, int width) {
        if (!inputs.needed(input)) {
            return;
        }
        Tensor gradient = engine.allocate(slopes.length / width, width);
        gradient.set(slopes);
        engine.dense().scaleBy(gradient.size(), outputGradient.buffer(), gradient.buffer(), gradient.buffer());
        inputs.add(input, gradient);
    }
}
