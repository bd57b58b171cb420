package org.scenecontexts.votenet.loss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.DifferentiableOp;
import org.scenecontexts.api.tensor.Gradients;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadColumns;

/**
 * The loss of a detector that votes (Qi et al., VoteNet, ICCV 2019, section 4.3 and appendix A.1; REFERENCE 8.3): votes,
 * objectness, centre, heading, size, class, each against the true box that is nearest.
 *
 * <p>Inputs: votes {@code [B * S * F, 3]}, means of votes per proposal {@code [B * K, 3]}, the head's output {@code [B * K,
 * width]}. All is computed by the engine's {@link BoxLossKernels}; loss and figures stay there until somebody looks at them.
 *
 * @since 0.2
 */
public final class DetectionLoss extends DifferentiableOp {

    private final BoxCoding coding;
    private final int classes;
    private final int width;
    private final LossWeights weights;
    private final DetectionTargets targets;
    private final Optional<SeedTargets> seeds;
    private Map<String, Tensor> parts = Map.of();
    private Tensor gradVotes;
    private Tensor gradPlaces;
    private Tensor gradHead;

    /** @param seeds where the seeds are and should vote; empty where there is no voting, as in BoxNet */
    public DetectionLoss(
            BoxCoding coding, int classes, LossWeights weights, DetectionTargets targets, Optional<SeedTargets> seeds) {
        this.coding = coding;
        this.classes = classes;
        width = HeadColumns.of(coding, classes).width();
        this.weights = weights;
        this.targets = targets;
        this.seeds = seeds;
    }

    /**
     * The {@link BoxLossKernels#FIGURES} after {@link #apply}, parts of the loss unweighted: scalars on the engine, not-a-number where
     * the loss is none.
     */
    public Map<String, Tensor> parts() {
        return Collections.unmodifiableMap(parts);
    }

    @Override
    protected Tensor forward(TensorEngine engine, List<Tensor> inputs) {
        requireShapes(inputs);
        Tensor votes = inputs.get(0);
        Tensor places = inputs.get(1);
        Tensor head = inputs.get(2);
        gradVotes = engine.allocate(votes.shape());
        gradPlaces = engine.allocate(places.shape());
        gradHead = engine.allocate(head.shape());
        // Not from the pool, to which figures that nobody looks at are not given back.
        Buffer losses = engine.bufferOf(new float[1 + BoxLossKernels.FIGURES.size()]);
        Tensor assignment = engine.allocate(places.rows(), BoxLossKernels.ASSIGNED);
        engine.kernel(BoxLossKernels.class)
                .compare(new BoxLossKernels.Call(
                        coding,
                        classes,
                        weights,
                        targets,
                        new BoxLossKernels.Sizes(seeds.map(SeedTargets::count).orElse(0), votes.rows(), places.rows()),
                        seeds.map(s -> s.places().buffer()).orElse(Buffer.NONE),
                        seeds.map(s -> s.ways().buffer()).orElse(Buffer.NONE),
                        votes.buffer(),
                        places.buffer(),
                        head.buffer(),
                        gradVotes.buffer(),
                        gradPlaces.buffer(),
                        gradHead.buffer(),
                        losses,
                        assignment.buffer()));
        assignment.release();
        if (!keeping()) {
            List.of(gradVotes, gradPlaces, gradHead).forEach(Tensor::release);
        }
        parts = new LinkedHashMap<>();
        for (int i = 0; i < BoxLossKernels.FIGURES.size(); i++) {
            parts.put(BoxLossKernels.FIGURES.get(i), Tensor.over(engine, losses.slice(1 + i, 1), 1));
        }
        return Tensor.over(engine, losses.slice(0, 1), 1);
    }

    private void requireShapes(List<Tensor> inputs) {
        Tensor votes = inputs.get(0);
        Tensor places = inputs.get(1);
        Tensor head = inputs.get(2);
        if (places.columns() != 3 || head.rows() != places.rows() || head.columns() != width) {
            throw new IllegalArgumentException("proposals [B * K, 3] with a head of " + width
                    + " columns each expected, found " + places + " and " + head);
        }
        if (places.rows() % targets.scenes() != 0) {
            throw new IllegalArgumentException("as many proposals in each of " + targets.scenes()
                    + " scenes expected, found " + places.rows() + " in all; give every scene the same number");
        }
        seeds.filter(s -> votes.rows() % s.count() != 0).ifPresent(s -> {
            throw new IllegalArgumentException("as many votes of each of " + s.count() + " seeds expected, found "
                    + votes + "; give the votes of a seed one after the other");
        });
    }

    @Override
    protected void backward(Tensor outputGradient, Gradients inputs) {
        List<Tensor> gradients = List.of(gradVotes, gradPlaces, gradHead);
        for (int input = 0; input < gradients.size(); input++) {
            Tensor gradient = gradients.get(input);
            if (inputs.needed(input)) {
                outputGradient
                        .engine()
                        .dense()
                        .scaleBy(gradient.size(), outputGradient.buffer(), gradient.buffer(), gradient.buffer());
                inputs.add(input, gradient);
            } else {
                gradient.release();
            }
        }
    }
}
