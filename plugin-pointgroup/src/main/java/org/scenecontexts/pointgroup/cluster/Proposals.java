package org.scenecontexts.pointgroup.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.scenecontexts.api.engine.Parallel;

/**
 * The objects of one scene as clusters of points of one predicted class (REFERENCE 7.4), with an account of what was left
 * out, so that a user who gets none can see why.
 *
 * @param found in the order of their lowest point
 * @param lost what did not become an object
 * @since 0.2
 */
public record Proposals(List<Proposal> found, Losses lost) {

    public Proposals {
        found = List.copyOf(found);
    }

    /**
     * How many points of each class never reached a proposal, and where they went.
     *
     * @param points points whose highest score is that of the class, {@code [K]}
     * @param inNoise of these, points in clusters below the minimum size, {@code [K]}
     * @param inSmall points in clusters that are large enough to count but too small to be proposed, {@code [K]}
     */
    public record Losses(long[] points, long[] inNoise, long[] inSmall) {

        static Losses none(int classes) {
            return new Losses(new long[classes], new long[classes], new long[classes]);
        }
    }

    /**
     * Finds the objects.
     *
     * @param positions {@code [N, 3]}, shifted by the network's offsets or as they lie
     * @param scores {@code [N, K]}, raw
     * @param stuff classes that have no objects, such as walls
     */
    public static Proposals find(
            float[] positions,
            float[] scores,
            int classes,
            Set<Integer> stuff,
            ProposalSettings settings,
            Parallel parallel) {
        int n = classes == 0 ? 0 : scores.length / classes;
        Losses lost = Losses.none(classes);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            int best = best(scores, i, classes);
            lost.points[best]++;
            labels[i] = stuff.contains(best) ? -1 : best;
        }
        Clusters clusters = PointGrouping.find(positions, labels, settings.radius(), settings.cap(), parallel);
        List<Proposal> found = new ArrayList<>();
        for (int k = 0; k < clusters.count(); k++) {
            int[] points = clusters.points(k);
            int label = labels[points[0]];
            if (points.length < settings.minPoints()) {
                lost.inNoise[label] += points.length;
            } else if (points.length <= settings.proposePoints()) {
                lost.inSmall[label] += points.length;
            } else {
                found.add(new Proposal(label, confidence(scores, classes, label, points, settings), points));
            }
        }
        return new Proposals(found, lost);
    }

    private static double confidence(float[] scores, int classes, int label, int[] points, ProposalSettings settings) {
        float[] own = new float[points.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = settings.confidence().of(scores, points[i] * classes, classes, label);
        }
        return settings.confidence().over(own);
    }

    /** The column of the largest score of a row, the first on ties. */
    private static int best(float[] scores, int row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (scores[row * classes + c] > scores[row * classes + best]) {
                best = c;
            }
        }
        return best;
    }

    /**
     * The published merge of two sets for the benchmark: some classes from the points as they lie, all others from the
     * shifted ones (REFERENCE 7.4: {@code dual_set_cluster}).
     *
     * @param flat classes that are taken from {@code unshifted}; published for bookshelf, counter and curtain
     */
    public static List<Proposal> merge(List<Proposal> shifted, List<Proposal> unshifted, Set<Integer> flat) {
        List<Proposal> merged = new ArrayList<>();
        shifted.stream().filter(p -> !flat.contains(p.label())).forEach(merged::add);
        unshifted.stream().filter(p -> flat.contains(p.label())).forEach(merged::add);
        return merged;
    }
}
