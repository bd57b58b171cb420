package org.scenecontexts.engine.cpu.family;

import java.util.Arrays;
import org.scenecontexts.api.engine.Parallel;

/**
 * Groups of rows cut into stretches that make up a piece of work each, for groups that are too large for one. What is found
 * in stretches is combined in their order, so that results do not depend on threads.
 */
final class Cuts {

    /** Stretch numbers of each group, and at the end their count. */
    private final int[] first;

    private final int[] group;
    private final int[] from;
    private final int[] to;

    private Cuts(int groups, int stretches) {
        first = new int[groups + 1];
        group = new int[stretches];
        from = new int[stretches];
        to = new int[stretches];
    }

    /** Stretches of at most {@code most} rows; none of an empty group. */
    static Cuts of(Bounds bounds, int most) {
        int stretches = 0;
        for (int g = 0; g < bounds.count; g++) {
            stretches += Pieces.count(bounds.to(g) - bounds.from(g), most);
        }
        Cuts cuts = new Cuts(bounds.count, stretches);
        int s = 0;
        for (int g = 0; g < bounds.count; g++) {
            cuts.first[g] = s;
            for (int row = bounds.from(g); row < bounds.to(g); row += most) {
                cuts.group[s] = g;
                cuts.from[s] = row;
                cuts.to[s] = Math.min(bounds.to(g), row + most);
                s++;
            }
        }
        cuts.first[bounds.count] = s;
        return cuts;
    }

    int count() {
        return group.length;
    }

    /** First stretch of a group. */
    int first(int ofGroup) {
        return first[ofGroup];
    }

    /** One past its last stretch. */
    int end(int ofGroup) {
        return first[ofGroup + 1];
    }

    /**
     * Adds up what the stretches of a group have given, in their order.
     *
     * @param partial some numbers per stretch
     * @param sums as many; overwritten
     */
    void combine(int ofGroup, int numbers, double[] partial, double[] sums) {
        Arrays.fill(sums, 0, numbers, 0);
        for (int s = first(ofGroup); s < end(ofGroup); s++) {
            for (int j = 0; j < numbers; j++) {
                sums[j] += partial[s * numbers + j];
            }
        }
    }

    /** What is done to a stretch. */
    interface Work {
        void run(int stretch, int group, int from, int to);
    }

    /** Does something to every stretch, many at a time. */
    void each(Parallel parallel, Work work) {
        parallel.run(group.length, s -> work.run(s, group[s], from[s], to[s]));
    }
}
