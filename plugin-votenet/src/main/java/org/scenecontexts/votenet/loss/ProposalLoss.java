package org.scenecontexts.votenet.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scenecontexts.votenet.proposal.BoxCoding;
import org.scenecontexts.votenet.proposal.HeadColumns;

/**
 * What proposals say about their boxes against what is true (REFERENCE 8.3); all parts are means over the proposals that hold
 * something, objectness over those that count.
 */
final class ProposalLoss {

    private static final double EPSILON = 1e-6;
    private static final double NOTHING = 0.2;
    private static final double SOMETHING = 0.8;

    private final HeadColumns columns;
    private final BoxCoding coding;
    private final LossWeights weights;
    private final DetectionTargets targets;
    private final Assignment assignment;
    private final float[] head;
    private final float[] slopes;
    private final Map<String, Double> parts = new LinkedHashMap<>();

    /**
     * @param head {@code [B * K, width]}
     * @param slopes receives the slopes, like {@code head}
     */
    ProposalLoss(
            BoxCoding coding,
            HeadColumns columns,
            LossWeights weights,
            DetectionTargets targets,
            Assignment assignment,
            float[] head,
            float[] slopes) {
        this.coding = coding;
        this.columns = columns;
        this.weights = weights;
        this.targets = targets;
        this.assignment = assignment;
        this.head = head;
        this.slopes = slopes;
    }

    /**
     * The parts by name, unweighted.
     *
     * @param centres means of votes plus what the head adds, {@code [B * K, 3]}
     */
    Map<String, Double> parts(float[] centres) {
        objectness();
        parts.put("centre-loss", centre(centres));
        boxes();
        return parts;
    }

    private void objectness() {
        double share = 1 / (assignment.counts() + EPSILON);
        double sum = 0;
        int right = 0;
        for (int i = 0; i < assignment.row().length; i++) {
            if (assignment.counted()[i]) {
                int label = assignment.positive()[i] ? 1 : 0;
                int at = i * columns.width() + HeadColumns.OBJECTNESS;
                double weight = label == 1 ? SOMETHING : NOTHING;
                sum += weight
                        * Slopes.crossEntropy(
                                head, at, 2, label, weights.scale() * weights.objectness() * weight * share, slopes);
                right += head[at + 1] > head[at] == (label == 1) ? 1 : 0;
            }
        }
        double all = assignment.row().length;
        parts.put("objectness-loss", sum * share);
        parts.put("objectness-accuracy", right * share);
        parts.put("positive-share", assignment.positives() / all);
        parts.put("negative-share", (assignment.counts() - assignment.positives()) / all);
    }

    /** From each proposal that holds something to the nearest box, and from each box to the nearest proposal. */
    private double centre(float[] centres) {
        int perScene = assignment.row().length / targets.scenes();
        float[] truth = targets.rows().centres();
        double toBox = 1 / (assignment.positives() + EPSILON);
        double toProposal = 1 / (targets.boxes() + EPSILON);
        double sum = 0;
        for (int scene = 0; scene < targets.scenes(); scene++) {
            int from = targets.offsets()[scene];
            int to = targets.offsets()[scene + 1];
            for (int i = scene * perScene; i < (scene + 1) * perScene; i++) {
                if (assignment.positive()[i]) {
                    sum += toBox
                            * pull(
                                    centres,
                                    i,
                                    Nearest.of(centres, i, truth, from, to).row(),
                                    toBox);
                }
            }
            for (int row = from; row < to; row++) {
                if (targets.rows().real()[row]) {
                    int i = Nearest.of(truth, row, centres, scene * perScene, (scene + 1) * perScene)
                            .row();
                    sum += toProposal * pull(centres, i, row, toProposal);
                }
            }
        }
        return sum;
    }

    private double pull(float[] centres, int proposal, int row, double share) {
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            float apart = centres[3 * proposal + axis] - targets.rows().centres()[3 * row + axis];
            squared += (double) apart * apart;
            slopes[proposal * columns.width() + HeadColumns.CENTRE + axis] +=
                    (float) (weights.scale() * weights.centre() * share * 2 * apart);
        }
        return squared;
    }

    private void boxes() {
        double share = 1 / (assignment.positives() + EPSILON);
        double[] sums = new double[5];
        for (int i = 0; i < assignment.row().length; i++) {
            if (assignment.positive()[i]) {
                box(i, assignment.row()[i], weights.scale() * share, sums);
            }
        }
        String[] names = {
            "heading-class-loss", "heading-residual-loss", "size-class-loss", "size-residual-loss", "semantic-loss"
        };
        for (int part = 0; part < names.length; part++) {
            parts.put(names[part], sums[part] * share);
        }
    }

    private void box(int i, int row, double scale, double[] sums) {
        DetectionTargets.Rows truth = targets.rows();
        int at = i * columns.width();
        int heading = truth.headings()[row];
        int size = truth.sizes()[row];
        sums[0] += Slopes.crossEntropy(
                head, at + HeadColumns.HEADINGS, columns.headings(), heading, scale * weights.headingClass(), slopes);
        int headingAt = at + columns.headingResiduals() + heading;
        double turn = truth.turn(row, columns.headings());
        sums[1] += Slopes.huber(head[headingAt] - turn, headingAt, scale * weights.headingResidual(), slopes);
        sums[2] += Slopes.crossEntropy(
                head, at + columns.sizeScores(), columns.sizes(), size, scale * weights.sizeClass(), slopes);
        for (int axis = 0; axis < 3; axis++) {
            int sizeAt = at + columns.sizeResiduals() + 3 * size + axis;
            double wanted = truth.length(row, axis, coding.meanSizes());
            sums[3] += Slopes.huber(head[sizeAt] - wanted, sizeAt, scale * weights.sizeResidual() / 3, slopes) / 3;
        }
        sums[4] += Slopes.crossEntropy(
                head,
                at + columns.semantic(),
                columns.classes(),
                truth.classes()[row],
                scale * weights.semantic(),
                slopes);
    }
}
