package org.scenecontexts.pointgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.TooFewRowsException;
import org.scenecontexts.api.task.TaskContext;
import org.scenecontexts.api.tensor.Losses;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.api.train.TrainingProgress;
import org.scenecontexts.pointgroup.cluster.Proposal;

/**
 * The second part of PointGroup's training: once the offsets have settled, proposals are made in every step and a score network
 * learns how much of an object each is (Jiang et al., PointGroup, CVPR 2020, sections 3.2 to 3.4).
 *
 * <p>Making proposals is the one thing in a step that the host must read from a device.
 */
final class ProposalScoring {

    private static final String STEPS = "scored-steps";

    private final ScoreNet network;
    private final ObjectFinder finder;
    private final boolean[] stuff;
    private final double after;
    private final long seed;
    private final Consumer<String> warnings;
    private boolean begun;
    private long iteration;
    private long passes;
    private long steps;

    /**
     * @param finder makes the proposals
     * @param stuff for each class whether it has no objects, {@code [K]}
     * @param after share of the training without proposals
     */
    ProposalScoring(TaskContext context, ScoreNet network, ObjectFinder finder, boolean[] stuff, double after) {
        this.network = network;
        this.finder = finder;
        this.stuff = stuff;
        this.after = after;
        seed = context.random().nextLong();
        warnings = context::warn;
    }

    void beforeStep(TrainingProgress progress) {
        begun = progress.iteration() > after * progress.iterations();
        iteration = progress.iteration();
        passes = 0;
    }

    /**
     * The score loss of a batch: the mean over proposals of the binary cross-entropy; nothing before proposals are made, or
     * where there are none.
     *
     * @param features of the backbone, {@code [M, C]}
     * @param scores raw, {@code [M, K]}
     * @param offsets metres, {@code [M, 3]}
     */
    Optional<Tensor> loss(Tensor features, Tensor scores, Tensor offsets, PointBatch points) {
        // Measured without a step before: by what the network has learnt.
        if (!begun && (network.training() || steps == 0)) {
            return Optional.empty();
        }
        ScoreTargets targets = ScoreTargets.of(points, stuff, proposals(scores, offsets, points));
        if (targets.proposals().isEmpty()) {
            return Optional.empty();
        }
        RandomGenerator chance = network.training() ? new SplittableRandom(seed + 31 * iteration + passes++) : still();
        Tensor logits;
        try {
            logits = network.logits(features, targets.proposals(), points, chance);
        } catch (TooFewRowsException e) {
            // One tiny proposal is all there is: nothing to take statistics of.
            return Optional.empty();
        }
        steps += network.training() ? 1 : 0;
        Tensor aims = features.engine().wrap(targets.targets(), targets.targets().length, 1);
        return Optional.of(Losses.binaryCrossEntropyWithLogits(logits, aims).mean());
    }

    private List<int[]> proposals(Tensor scores, Tensor offsets, PointBatch points) {
        TensorEngine engine = scores.engine();
        float[] read;
        try (TensorEngine.Scope unrecorded = engine.noGrad()) {
            Tensor both = Tensor.concat(scores, offsets);
            read = both.toArray();
            both.release();
        }
        int classes = scores.columns();
        int columns = classes + 3;
        List<int[]> found = new ArrayList<>();
        for (int b = 0; b < points.scenes(); b++) {
            int from = points.offsets()[b];
            int rows = points.offsets()[b + 1] - from;
            float[] own = new float[rows * classes];
            float[] ways = new float[rows * 3];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(read, (from + row) * columns, own, row * classes, classes);
                System.arraycopy(read, (from + row) * columns + classes, ways, 3 * row, 3);
            }
            for (Proposal proposal : finder.proposals(points.items().get(b), own, ways)) {
                found.add(shifted(proposal.points(), from));
            }
        }
        return found;
    }

    private static int[] shifted(int[] rows, int by) {
        return Arrays.stream(rows).map(row -> row + by).toArray();
    }

    /**
     * How objects of one scene are scored; nothing, with a warning, where no proposal was ever scored in training.
     *
     * @param features of the whole batch; not released before the last call
     * @param scene number of the scene in the batch
     */
    Optional<ObjectFinder.Scorer> scorer(Tensor features, PointBatch points, int scene) {
        if (steps == 0) {
            warnings.accept(
                    "the score network has not been trained, for the training had no proposals (they begin after "
                            + Math.round(100 * after)
                            + "% of it, 'proposals-after'); objects are as sure as the classes of their"
                            + " points");
            return Optional.empty();
        }
        int from = points.offsets()[scene];
        return Optional.of(proposals -> {
            if (proposals.isEmpty()) {
                return new double[0];
            }
            List<int[]> rows =
                    proposals.stream().map(proposal -> shifted(proposal, from)).toList();
            Tensor logits = network.logits(features, rows, points, still());
            float[] values = logits.toArray();
            logits.release();
            double[] scores = new double[values.length];
            Arrays.setAll(scores, i -> 1 / (1 + Math.exp(-values[i])));
            return scores;
        });
    }

    /** Always 0: the same scene gets the same scores. */
    private static RandomGenerator still() {
        return () -> 0;
    }

    Map<String, String> notes() {
        return steps == 0 ? Map.of() : Map.of(STEPS, Long.toString(steps));
    }

    void restore(Map<String, String> notes) {
        steps = Long.parseLong(notes.getOrDefault(STEPS, "0"));
    }
}
