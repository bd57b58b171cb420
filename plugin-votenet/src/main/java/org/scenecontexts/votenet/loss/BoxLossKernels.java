package org.scenecontexts.votenet.loss;

import java.util.List;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Written;
import org.scenecontexts.votenet.proposal.BoxCoding;

/**
 * The loss of boxes with its gradients in closed form, so that a device can compute it where votes and proposals lie (REFERENCE
 * 8.3).
 *
 * <p>Gradients are those of the loss itself; whoever goes backward multiplies them. Where anything that is given is no finite
 * number, loss, figures and gradients are not-a-number throughout. Of equals the first is the nearest. Sums have an order that
 * depends on sizes only.
 *
 * @since 0.2
 */
public interface BoxLossKernels {

    /** Names of the figures, in the order of {@link Call#losses} behind the loss itself. */
    List<String> FIGURES = List.of(
            "vote-loss",
            "objectness-loss",
            "objectness-accuracy",
            "positive-share",
            "negative-share",
            "centre-loss",
            "heading-class-loss",
            "heading-residual-loss",
            "size-class-loss",
            "size-residual-loss",
            "semantic-loss");

    /** Numbers that say where a seed should vote: three ways from it, and whether it votes. */
    int WAYS = 10;

    /** Numbers that an instance's id is given as: its lower and its upper half. */
    int ID = 2;

    /** Numbers that say what a proposal was compared with. */
    int ASSIGNED = 2;

    /**
     * Which seeds vote, and for what (REFERENCE 8.5).
     *
     * @param objects of B scenes, on the host, which knows them
     * @param seeds how many there are, as many in every scene
     * @param ids instance of each seed as two halves, {@code [seeds, 2]}, see {@link VotedObjects#low}; not looked at where no
     *     instance is voted for
     * @param places of the seeds, metres, {@code [seeds, 3]}
     * @param ways as {@link Call#ways}
     */
    record Ways(
            VotedObjects objects,
            int seeds,
            Buffer ids,
            Buffer places,
            @Written Buffer ways) {}

    /** Finds where seeds should vote; ways of seeds that should not are 0. */
    void ways(Ways call);

    /**
     * What is compared.
     *
     * @param coding of boxes in the head's columns
     * @param classes number of classes
     * @param weights of the parts
     * @param truth the boxes of B scenes, on the host, which knows them
     * @param sizes how many of everything there are
     * @param seeds where they are, {@code [B * S, 3]}, metres; none without voting
     * @param ways three ways from each seed to where it should vote, metres, and 1 where it should or 0 where it should not,
     *     {@code [B * S, 10]}; none without voting
     * @param votes those of a seed one after the other, {@code [B * S * F, 3]}, metres
     * @param places means of votes of each proposal, {@code [B * K, 3]}, metres
     * @param head what is said about each proposal, {@code [B * K, width]}
     * @param gradVotes as {@code votes}
     * @param gradPlaces as {@code places}
     * @param gradHead as {@code head}
     * @param losses the loss, then the {@link #FIGURES}, parts of it unweighted, {@code [12]}
     * @param assignment for each proposal the row of the box nearest to its place, -1 where its scene has none, and 1 where it
     *     holds that box, 0 where it holds nothing, -1 where it does not count, {@code [B * K, 2]}; undefined where something is no
     *     number
     */
    record Call(
            BoxCoding coding,
            int classes,
            LossWeights weights,
            DetectionTargets truth,
            Sizes sizes,
            Buffer seeds,
            Buffer ways,
            Buffer votes,
            Buffer places,
            Buffer head,
            @Written Buffer gradVotes,
            @Written Buffer gradPlaces,
            @Written Buffer gradHead,
            @Written Buffer losses,
            @Written Buffer assignment) {}

    /**
     * How many of everything there are in all scenes together.
     *
     * @param seeds that vote, B * S; 0 without voting
     * @param votes B * S * F
     * @param proposals B * K
     */
    record Sizes(int seeds, int votes, int proposals) {}

    /** Computes the loss, its figures and its gradients. */
    void compare(Call call);
}
