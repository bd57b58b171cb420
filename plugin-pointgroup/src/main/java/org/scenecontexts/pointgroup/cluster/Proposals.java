package org.scenecontexts.pointgroup.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.scenecontexts.api.engine.Parallel;

/**
 * The objects of one scene as clusters of points of one predicted class (REFERENCE 7.4), with an account of what was left
 * out, so that a user who gets none can see why.
 *
 * @param found in the order of their lowest point
 * @param labels class of the highest score of each point, {@code [N]}
 * @param fates for each point the number of its object in {@code found}, that of the surest where it has several, or a {@link
 *     Fate}, {@code [N]}
 * @since 0.2
 */
public record Proposals(List<Proposal> found, int[] labels, int[] fates) {

    public Proposals {
        found = List.copyOf(found);
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
        int[] labels = new int[n];
        int[] grouped = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = best(scores, i, classes);
            grouped[i] = stuff.contains(labels[i]) ? -1 : labels[i];
        }
        Clusters clusters = PointGrouping.find(positions, grouped, settings.radius(), settings.cap(), parallel);
        int[] fates = new int[n];
        Arrays.fill(fates, Fate.STUFF);
        List<Proposal> found = new ArrayList<>();
        for (int k = 0; k < clusters.count(); k++) {
            int[] points = clusters.points(k);
            int fate = found.size();
            if (points.length < settings.minPoints()) {
                fate = Fate.NOISE;
            } else if (points.length <= settings.proposePoints()) {
                fate = Fate.SMALL;
            } else {
                int label = grouped[points[0]];
                found.add(new Proposal(label, confidence(scores, classes, label, points, settings), points));
            }
            for (int point : points) {
                fates[point] = fate;
            }
        }
        return new Proposals(found, labels, fates);
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
    public static Proposals merge(Proposals shifted, Proposals unshifted, Set<Integer> flat) {
        List<Proposal> merged = new ArrayList<>();
        int[] fromShifted = take(shifted, label -> !flat.contains(label), merged);
        int[] fromUnshifted = take(unshifted, flat::contains, merged);
        int[] fates = new int[shifted.fates.length];
        for (int i = 0; i < fates.length; i++) {
            boolean lies = flat.contains(shifted.labels[i]);
            int fate = lies ? unshifted.fates[i] : shifted.fates[i];
            fates[i] = fate < 0 ? fate : (lies ? fromUnshifted : fromShifted)[fate];
        }
        return new Proposals(merged, shifted.labels, fates);
    }

    /**
     * Both sets together, the points as they lie first (Jiang et al., PointGroup, section 3.2): a point may be in an object of
     * each; {@link #chosen} leaves one of those that lie on each other.
     */
    public static Proposals both(Proposals unshifted, Proposals shifted) {
        List<Proposal> all = new ArrayList<>(unshifted.found);
        all.addAll(shifted.found);
        int[] fates = new int[shifted.fates.length];
        for (int i = 0; i < fates.length; i++) {
            fates[i] = shifted.fates[i] >= 0 ? unshifted.found.size() + shifted.fates[i] : unshifted.fates[i];
        }
        return new Proposals(all, shifted.labels, fates);
    }

    /**
     * Those that are sure enough and do not lie on a surer one, whatever their classes.
     *
     * @param minScore lowest confidence
     * @param maxOverlap largest intersection over union with a surer one, 0 to 1
     */
    public Proposals chosen(double minScore, double maxOverlap) {
        return new Suppression(found, fates.length, minScore, maxOverlap).applied(labels, fates);
    }

    /**
     * The same with other confidences.
     *
     * @param confidences one for each that was found
     */
    public Proposals rescored(double... confidences) {
        List<Proposal> rescored = new ArrayList<>();
        for (int k = 0; k < confidences.length; k++) {
            rescored.add(new Proposal(
                    found.get(k).label(), confidences[k], found.get(k).points()));
        }
        return new Proposals(rescored, labels, fates);
    }

    /** Appends the proposals of some classes; gives for each of all its new number. */
    private static int[] take(Proposals from, IntPredicate wanted, List<Proposal> merged) {
        int[] numbers = new int[from.found.size()];
        for (int k = 0; k < numbers.length; k++) {
            if (wanted.test(from.found.get(k).label())) {
                numbers[k] = merged.size();
                merged.add(from.found.get(k));
            }
        }
        return numbers;
    }
}
