package org.scenecontexts.nd4j.family;

import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.nd4j.dense.Stretches;
import org.scenecontexts.nd4j.memory.NativeInts;
import org.scenecontexts.nd4j.memory.Nd4jIndices;

/** Where groups of rows begin and end, for loops. */
final class GroupBounds {

    private final int count;
    private final int[] start;

    private GroupBounds(int count, int[] start) {
        this.count = count;
        this.start = start;
    }

    static GroupBounds of(Groups groups) {
        int[] start = new int[groups.count() + 1];
        switch (groups) {
            case Groups.Equal equal -> {
                for (int g = 0; g < start.length; g++) {
                    start[g] = g * equal.size();
                }
            }
            case Groups.Ragged ragged -> {
                NativeInts offsets = Nd4jIndices.own(ragged.offsets()).reading();
                for (int g = 0; g < start.length; g++) {
                    start[g] = offsets.get(g);
                }
            }
        }
        return new GroupBounds(groups.count(), start);
    }

    int count() {
        return count;
    }

    int from(int group) {
        return start[group];
    }

    int to(int group) {
        return start[group + 1];
    }

    int size(int group) {
        return start[group + 1] - start[group];
    }

    /** What is done to one group. */
    interface Each {
        void group(int group, Parallel inside);
    }

    /**
     * Visits all groups: many at the same time where they are many, else one after the other, each on all threads. Which of
     * both depends on sizes only.
     */
    void each(Parallel parallel, int columns, Each each) {
        int rows = Math.max(1, start[count]);
        int perPiece =
                (int) Math.clamp((long) Stretches.NUMBERS * count / ((long) rows * Math.max(1, columns)), 1, 1 << 20);
        if (count < 8) {
            for (int g = 0; g < count; g++) {
                each.group(g, parallel);
            }
            return;
        }
        parallel.rows(count, perPiece, (first, end) -> {
            for (int g = first; g < end; g++) {
                each.group(g, Parallel.sequential());
            }
        });
    }
}
