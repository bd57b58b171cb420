package org.scenecontexts.pointgroup.cluster;

import java.util.Arrays;

/**
 * Disjoint groups of points, ordered by their lowest point; the points of a group are in ascending order.
 *
 * <p>Stored as one list with offsets, so that a million points cost eight megabytes whatever the number of groups; a matrix
 * of groups by points is never made.
 *
 * @since 0.2
 */
public final class Clusters {

    private final int[] members;
    private final int[] offsets;

    /**
     * @param members points of all clusters, one cluster after another
     * @param offsets first entry of each cluster in {@code members}, {@code [count + 1]}
     */
    Clusters(int[] members, int[] offsets) {
        this.members = members;
        this.offsets = offsets;
    }

    /** Number of clusters. */
    public int count() {
        return offsets.length - 1;
    }

    /** Number of points of a cluster, at least 1. */
    public int size(int cluster) {
        return offsets[cluster + 1] - offsets[cluster];
    }

    /** The points of a cluster, ascending. */
    public int[] points(int cluster) {
        return Arrays.copyOfRange(members, offsets[cluster], offsets[cluster + 1]);
    }

    /**
     * Groups points by a number that each carries.
     *
     * @param group for each point its group, {@code 0 .. groups-1}, or -1 for none
     */
    static Clusters of(int[] group, int groups) {
        // Groups are renumbered in the order in which they first occur.
        int[] number = new int[groups];
        Arrays.fill(number, -1);
        int[] sizes = new int[groups];
        int found = 0;
        int taken = 0;
        for (int g : group) {
            if (g >= 0) {
                if (number[g] < 0) {
                    number[g] = found++;
                }
                sizes[number[g]]++;
                taken++;
            }
        }
        int[] offsets = new int[found + 1];
        for (int k = 0; k < found; k++) {
            offsets[k + 1] = offsets[k] + sizes[k];
        }
        int[] next = Arrays.copyOf(offsets, found);
        int[] members = new int[taken];
        for (int i = 0; i < group.length; i++) {
            if (group[i] >= 0) {
                members[next[number[group[i]]]++] = i;
            }
        }
        return new Clusters(members, offsets);
    }
}
