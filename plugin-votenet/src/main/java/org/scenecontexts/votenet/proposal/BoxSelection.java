package org.scenecontexts.votenet.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.scenecontexts.api.config.Default;
import org.scenecontexts.api.config.Doc;
import org.scenecontexts.api.config.Max;
import org.scenecontexts.api.config.Min;
import org.scenecontexts.api.data.Box;
import org.scenecontexts.api.data.Labels;
import org.scenecontexts.api.task.ScenePrediction.ScoredBox;
import org.scenecontexts.votenet.box.BoxBounds;
import org.scenecontexts.votenet.box.BoxPoints;
import org.scenecontexts.votenet.box.BoxSuppression;

/**
 * Reads proposals as boxes and keeps those that are worth showing (REFERENCE 8.6).
 *
 * @since 0.2
 */
public record BoxSelection(
        @Doc("Which of boxes that overlap are dropped.") @Default("{}")
        BoxSuppression suppression,

        @Doc("Boxes that are less likely to hold anything are dropped; probability.") @Default("0.05") @Min(0) @Max(1)
        double objectness,

        @Doc("Whether every box is given once for each class, with the probability of both; otherwise once,"
                + " with its most likely class.")
        @Default("true")
        boolean everyClass,

        @Doc("Boxes that hold fewer points of the scene are dropped; 0 keeps all.") @Default("5") @Min(0)
        int minPoints) {

    /**
     * What became of each proposal.
     *
     * @param boxes the boxes as they were read, each with its most likely class
     * @param something the probability that a box holds anything
     * @param filled whether it holds enough points
     * @param kept whether no surer box suppressed it, besides
     */
    public record Steps(List<Box> boxes, double[] something, boolean[] filled, boolean[] kept) {}

    /** Whether a box is likely enough to hold anything. */
    public boolean isSure(double something) {
        return something > objectness;
    }

    /**
     * What becomes of each proposal of a scene.
     *
     * @param positions points of the scene, metres, {@code [N, 3]}
     */
    public Steps steps(ProposalScores scores, BoxCoding coding, int classes, float[] positions) {
        int count = scores.count();
        List<Box> boxes = new ArrayList<>();
        List<Integer> candidates = new ArrayList<>();
        double[] something = new double[count];
        boolean[] filled = new boolean[count];
        boolean[] kept = new boolean[count];
        BoxPoints points = new BoxPoints(positions);
        for (int i = 0; i < count; i++) {
            boxes.add(box(scores, coding, classes, i));
            something[i] = ProposalScores.softmax(scores.objectness(), i, 2)[1];
            filled[i] = minPoints == 0 || points.inside(boxes.get(i), minPoints) >= minPoints;
            if (filled[i]) {
                candidates.add(i);
            }
        }
        suppression
                .keep(
                        candidates.stream().map(i -> BoxBounds.of(boxes.get(i))).toList(),
                        candidates.stream().mapToDouble(i -> something[i]).toArray(),
                        candidates.stream().mapToInt(i -> boxes.get(i).label()).toArray())
                .forEach(candidate -> kept[candidates.get(candidate)] = true);
        return new Steps(boxes, something, filled, kept);
    }

    /**
     * The boxes of a scene.
     *
     * @param positions points of the scene, metres, {@code [N, 3]}
     * @return class by class where every class is given, else in the order of the proposals
     */
    public List<ScoredBox> select(ProposalScores scores, BoxCoding coding, int classes, float[] positions) {
        return select(steps(scores, coding, classes, positions), scores, classes);
    }

    /** The boxes that are left in the end. */
    public List<ScoredBox> select(Steps steps, ProposalScores scores, int classes) {
        List<Integer> left = IntStream.range(0, scores.count())
                .filter(i -> steps.kept()[i] && isSure(steps.something()[i]))
                .boxed()
                .toList();
        return everyClass
                ? perClass(left, steps.boxes(), steps.something(), scores, classes)
                : left.stream()
                        .map(i -> new ScoredBox(steps.boxes().get(i), (float) steps.something()[i]))
                        .toList();
    }

    private static List<ScoredBox> perClass(
            List<Integer> kept, List<Box> boxes, double[] something, ProposalScores scores, int classes) {
        List<ScoredBox> found = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            for (int i : kept) {
                double likely = ProposalScores.softmax(scores.classes(), i, classes)[label];
                found.add(new ScoredBox(boxes.get(i).withLabel(label), (float) (something[i] * likely)));
            }
        }
        return found;
    }

    /**
     * A proposal as a box. Lengths below 0, which a network gives that is not trained, are 0: such a box has no volume, overlaps
     * no other and holds hardly a point, so that {@code minPoints} drops it.
     */
    private static Box box(ProposalScores scores, BoxCoding coding, int classes, int i) {
        int headings = coding.headings();
        int sizes = coding.meanSizes().length;
        int bin = ProposalScores.largest(scores.headings(), i, headings);
        int size = ProposalScores.largest(scores.sizes(), i, sizes);
        double[] length = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            float residual = scores.sizeResiduals()[(i * sizes + size) * 3 + axis];
            length[axis] = Math.max(0, coding.length(size, axis, residual));
        }
        return new Box(
                scores.centres()[3 * i],
                scores.centres()[3 * i + 1],
                scores.centres()[3 * i + 2],
                length[0],
                length[1],
                length[2],
                coding.heading(bin, scores.headingResiduals()[i * headings + bin]),
                ProposalScores.largest(scores.classes(), i, classes),
                Labels.NO_INSTANCE);
    }
}
