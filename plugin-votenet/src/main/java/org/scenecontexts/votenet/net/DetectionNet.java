package org.scenecontexts.votenet.net;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.backbone.FeatureSet;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.nn.PointwiseConvolution;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/**
 * What stands on the backbone of a detector: voting and proposals (REFERENCE 8.1), or proposals from the seeds themselves, as
 * in BoxNet (REFERENCE 8.10). State names as published: {@code vgen.*}, {@code pnet.*}.
 *
 * @since 0.2
 */
public final class DetectionNet extends Module {

    /** The map of features before they vote, named as the last layer of published sparse networks is. */
    public static final String LAST = "final";

    private final Optional<PointwiseConvolution> last;
    private final Voting voting;
    private final Proposing proposing;
    private final Neighbourhoods neighbourhoods;
    private final RandomGenerator random;
    private final boolean votes;
    private final int factor;

    /**
     * Its sizes.
     *
     * @param channels of the seeds' features
     * @param width what a linear map, {@code final}, brings the features to before they vote; {@code channels} where they
     *     vote as they are
     * @param outputs numbers per proposal
     * @param votes of each seed; 0 for proposals from the seeds themselves
     * @param proposals per scene
     * @param radius of a group of votes, metres
     * @param samples votes of a group at most
     * @param centres which votes are the centres of groups
     * @param legacy whether votes near the origin are no centres of groups, as published
     */
    public record Sizes(
            int channels,
            int width,
            int outputs,
            int votes,
            int proposals,
            double radius,
            int samples,
            Centres centres,
            boolean legacy) {}

    /**
     * What it says.
     *
     * @param votes places of votes, those of a seed one after the other, {@code [B * S * F, 3]}, metres
     * @param places centres of the groups of votes, {@code [B * K, 3]}, metres
     * @param head {@code [B * K, outputs]}
     */
    public record Output(Tensor votes, Tensor places, Tensor head) {}

    /** @param random for first values, and for {@link Centres#RANDOM} */
    public DetectionNet(TensorEngine engine, RandomGenerator random, Sizes sizes) {
        this.random = random;
        votes = sizes.votes() > 0;
        factor = Math.max(1, sizes.votes());
        neighbourhoods = new Neighbourhoods(engine);
        last = sizes.width() == sizes.channels()
                ? Optional.empty()
                : Optional.of(
                        child(LAST, new PointwiseConvolution(engine, random, sizes.channels(), sizes.width(), true)));
        voting = new Voting(engine, random, sizes.width(), factor);
        if (votes) {
            child("vgen", voting);
        }
        Proposing.Shape shape = new Proposing.Shape(
                sizes.proposals(), sizes.radius(), sizes.samples(), sizes.centres(), sizes.legacy());
        proposing = child("pnet", new Proposing(engine, random, sizes.width(), sizes.outputs(), shape));
    }

    /** @param seeds as many in every scene */
    public Output apply(FeatureSet seeds) {
        Points from = seeds.places();
        if (last.isEmpty()) {
            return apply(from, seeds.features());
        }
        Tensor features = last.get().apply(seeds.features());
        Output output = apply(from, features);
        features.release();
        return output;
    }

    private Output apply(Points from, Tensor features) {
        if (!votes) {
            Proposing.Proposals found = proposing.apply(neighbourhoods, from, features, from, random);
            return new Output(from.rows(), found.places(), found.head());
        }
        Voting.Votes said = voting.apply(features, from.rows());
        int[] offsets = from.offsets().clone();
        for (int b = 0; b < offsets.length; b++) {
            offsets[b] *= factor;
        }
        Proposing.Proposals found =
                proposing.apply(neighbourhoods, new Points(said.places(), offsets), said.features(), from, random);
        said.features().release();
        from.rows().release();
        return new Output(said.places(), found.places(), found.head());
    }
}
