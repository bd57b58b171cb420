package org.scenecontexts.pointgroup.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Leaves out proposals that are not sure enough, and those that lie on a surer one, whatever their classes (Jiang et al.,
 * PointGroup, CVPR 2020, section 3.3). Time and memory are linear in the points of all proposals and in the pairs that touch;
 * no mask of proposals by points is made.
 */
final class Suppression {

    private final List<Proposal> proposals;
    private final double minScore;
    private final double maxOverlap;
    private final int[] starts;
    private final int[] owners;

    /**
     * @param points number of points of the scene
     * @param minScore proposals of a lower confidence are left out
     * @param maxOverlap intersection over union with a surer one above which a proposal is left out
     */
    Suppression(List<Proposal> proposals, int points, double minScore, double maxOverlap) {
        this.proposals = proposals;
        this.minScore = minScore;
        this.maxOverlap = maxOverlap;
        starts = new int[points + 1];
        proposals.forEach(proposal -> {
            for (int point : proposal.points()) {
                starts[point + 1]++;
            }
        });
        for (int i = 0; i < points; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = starts.clone();
        owners = new int[starts[points]];
        for (int k = 0; k < proposals.size(); k++) {
            for (int point : proposals.get(k).points()) {
                owners[next[point]++] = k;
            }
        }
    }

    /** For each proposal 0 where it stays, {@link Fate#UNSURE} or {@link Fate#SUPPRESSED}. */
    int[] verdicts() {
        int[] verdicts = new int[proposals.size()];
        boolean[] kept = new boolean[proposals.size()];
        // From the surest; of equals the later first, as in the published program.
        List<Integer> order = IntStream.range(0, proposals.size())
                .mapToObj(i -> proposals.size() - 1 - i)
                .sorted((a, b) -> Double.compare(
                        proposals.get(b).confidence(), proposals.get(a).confidence()))
                .toList();
        for (int k : order) {
            if (proposals.get(k).confidence() < minScore) {
                verdicts[k] = Fate.UNSURE;
            } else if (liesOnAnother(k, kept)) {
                verdicts[k] = Fate.SUPPRESSED;
            } else {
                kept[k] = true;
            }
        }
        return verdicts;
    }

    private boolean liesOnAnother(int k, boolean[] kept) {
        Map<Integer, Integer> common = new HashMap<>();
        int[] points = proposals.get(k).points();
        for (int point : points) {
            for (int at = starts[point]; at < starts[point + 1]; at++) {
                if (kept[owners[at]]) {
                    common.merge(owners[at], 1, Integer::sum);
                }
            }
        }
        return common.entrySet().stream().anyMatch(touch -> {
            int union = points.length + proposals.get(touch.getKey()).points().length - touch.getValue();
            return (double) touch.getValue() / union > maxOverlap;
        });
    }

    /** The proposals that stay, with each point's number among them or what became of it. */
    Proposals applied(int[] labels, int[] fates) {
        int[] verdicts = verdicts();
        int[] numbers = new int[verdicts.length];
        List<Proposal> found = new ArrayList<>();
        for (int k = 0; k < verdicts.length; k++) {
            numbers[k] = verdicts[k];
            if (verdicts[k] == 0) {
                numbers[k] = found.size();
                found.add(proposals.get(k));
            }
        }
        int[] changed = fates.clone();
        for (int point = 0; point < fates.length; point++) {
            for (int at = starts[point]; at < starts[point + 1]; at++) {
                int number = numbers[owners[at]];
                boolean better = at == starts[point]
                        || (number >= 0
                                && (changed[point] < 0
                                        || found.get(number).confidence()
                                                > found.get(changed[point]).confidence()))
                        || (changed[point] == Fate.UNSURE && number == Fate.SUPPRESSED);
                changed[point] = better ? number : changed[point];
            }
        }
        return new Proposals(found, labels, changed);
    }
}
