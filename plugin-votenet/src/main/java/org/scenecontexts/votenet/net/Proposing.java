package org.scenecontexts.votenet.net;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.point.Neighbourhoods;
import org.scenecontexts.api.point.Points;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Groups votes into proposals and says about each whether it is an object, and which box it has (Qi et al., VoteNet, ICCV
 * 2019, section 4.2; REFERENCE 8.1).
 */
final class Proposing extends Module {

    private static final int WIDTH = 128;

    private final VoteGrouping grouping;
    private final NormedConvolutions layers;
    private final Shape shape;

    /**
     * How votes are grouped.
     *
     * @param proposals per scene
     * @param radius around a proposal, metres
     * @param samples votes of a proposal at most
     * @param centres which votes are the centres of proposals
     * @param legacy whether votes near the origin are no centres, see {@link PublishedSpread}
     */
    record Shape(int proposals, double radius, int samples, Centres centres, boolean legacy) {}

    Proposing(TensorEngine engine, RandomGenerator random, int channels, int outputs, Shape shape) {
        this.shape = shape;
        grouping = child("vote_aggregation", new VoteGrouping(engine, random, channels, WIDTH));
        layers = child("", new NormedConvolutions(engine, random, WIDTH, WIDTH, outputs));
    }

    /**
     * Proposals.
     *
     * @param places the centres of their groups of votes, {@code [B * K, 3]}, metres
     * @param head what is said about them, {@code [B * K, outputs]}
     */
    record Proposals(Tensor places, Tensor head) {}

    /**
     * Proposes.
     *
     * @param votes places of votes
     * @param features of votes, {@code [V, C]}
     * @param seeds places of seeds, for {@link Centres#SEEDS}
     * @param random for {@link Centres#RANDOM}
     */
    Proposals apply(
            Neighbourhoods neighbourhoods, Points votes, Tensor features, Points seeds, RandomGenerator random) {
        int[] counts = new int[votes.scenes()];
        Arrays.fill(counts, shape.proposals());
        Points centres = switch (shape.centres()) {
            case VOTES -> select(neighbourhoods, votes, votes, counts);
            case SEEDS -> select(neighbourhoods, seeds, votes, counts);
            case RANDOM -> random(votes, random);
        };
        Tensor grouped = grouping.apply(neighbourhoods, votes, centres, features, shape.radius(), shape.samples());
        Tensor head = layers.apply(grouped);
        grouped.release();
        return new Proposals(centres.rows(), head);
    }

    /** Votes at the farthest of some points; where there are as many votes as points, these are their votes. */
    private Points select(Neighbourhoods neighbourhoods, Points spread, Points votes, int[] counts) {
        return votes.select(shape.legacy() ? published(spread) : neighbourhoods.farthest(spread, counts));
    }

    private Points.Picks published(Points spread) {
        int[] rows = PublishedSpread.rows(spread.rows().toArray(), spread.offsets(), shape.proposals());
        return picks(rows, spread);
    }

    /** As many rows of each scene. */
    private Points.Picks picks(int[] rows, Points points) {
        int[] offsets = new int[points.scenes() + 1];
        for (int b = 0; b < points.scenes(); b++) {
            offsets[b + 1] = offsets[b] + shape.proposals();
        }
        return new Points.Picks(
                points.rows().engine().indices(rows, points.rows().rows()), offsets);
    }

    private Points random(Points votes, RandomGenerator random) {
        int[] rows = new int[votes.scenes() * shape.proposals()];
        for (int i = 0; i < rows.length; i++) {
            int b = i / shape.proposals();
            rows[i] = random.nextInt(votes.offsets()[b], votes.offsets()[b + 1]);
        }
        return votes.select(picks(rows, votes));
    }
}
