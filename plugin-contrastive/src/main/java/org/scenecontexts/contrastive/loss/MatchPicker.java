package org.scenecontexts.contrastive.loss;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.scenecontexts.api.task.MatchedViews;

/**
 * Turns many-to-many matches into one match per first point, and no more than wanted (REFERENCE 4.3 items 2 and 3).
 */
final class MatchPicker {

    private MatchPicker() {}

    /**
     * Chosen matches.
     *
     * @param first rows of the first views, ascending within a pair before any choice
     * @param second rows of the second views
     * @param offsets first chosen match of each pair, {@code [B + 1]}
     */
    record Picked(int[] first, int[] second, int[] offsets) {
        int size() {
            return first.length;
        }

        /** The matches of one pair. */
        Picked pair(int b) {
            int[] f = Arrays.copyOfRange(first, offsets[b], offsets[b + 1]);
            int[] s = Arrays.copyOfRange(second, offsets[b], offsets[b + 1]);
            return new Picked(f, s, new int[] {0, f.length});
        }

        /** At most {@code limit} matches, chosen without repetition, in the order of the draw. */
        Picked limit(int limit, RandomGenerator random) {
            if (size() <= limit) {
                return this;
            }
            int[] order = new int[size()];
            Arrays.setAll(order, i -> i);
            for (int i = 0; i < limit; i++) {
                int j = random.nextInt(i, order.length);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            return choose(Arrays.copyOf(order, limit));
        }

        /** The matches at the given places. */
        Picked choose(int[] places) {
            int[] f = new int[places.length];
            int[] s = new int[places.length];
            for (int i = 0; i < places.length; i++) {
                f[i] = first[places[i]];
                s[i] = second[places[i]];
            }
            return new Picked(f, s, new int[] {0, places.length});
        }
    }

    /** One match per distinct first point, its partner drawn uniformly. */
    static Picked unique(MatchedViews views, RandomGenerator random) {
        int[] first = views.first();
        int[] second = views.second();
        int[] f = new int[first.length];
        int[] s = new int[first.length];
        int[] offsets = new int[views.pairs() + 1];
        int count = 0;
        int pair = 0;
        for (int start = 0; start < first.length; ) {
            int end = start + 1;
            while (end < first.length && first[end] == first[start]) {
                end++;
            }
            while (first[start] >= views.offsets0()[pair + 1]) {
                offsets[++pair] = count;
            }
            f[count] = first[start];
            s[count] = second[start + random.nextInt(end - start)];
            count++;
            start = end;
        }
        while (pair < views.pairs()) {
            offsets[++pair] = count;
        }
        return new Picked(Arrays.copyOf(f, count), Arrays.copyOf(s, count), offsets);
    }
}
