package org.scenecontexts.engine.cpu.family;

import org.scenecontexts.api.engine.kernel.Groups;

/** Where groups of rows begin and end, for loops. */
final class Bounds {

    final int count;
    final int rows;
    private final int size;
    private final int[] offsets;

    private Bounds(int count, int rows, int size, int[] offsets) {
        this.count = count;
        this.rows = rows;
        this.size = size;
        this.offsets = offsets;
    }

    static Bounds of(Groups groups) {
        return switch (groups) {
            case Groups.Equal equal -> new Bounds(equal.count(), equal.rows(), equal.size(), new int[0]);
            case Groups.Ragged ragged ->
                new Bounds(ragged.count(), ragged.rows(), -1, ragged.offsets().array());
        };
    }

    /** First row of a group. */
    int from(int group) {
        return size < 0 ? offsets[group] : group * size;
    }

    /** One past its last row. */
    int to(int group) {
        return size < 0 ? offsets[group + 1] : (group + 1) * size;
    }

    /** The group of a row. */
    int of(int row) {
        if (size >= 0) {
            return row / size;
        }
        int low = 0;
        int high = count - 1;
        // The last group that begins at the row or before is the one that is not empty there.
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (offsets[middle] <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Rows of the largest group. */
    int largest() {
        if (size >= 0) {
            return count == 0 ? 0 : size;
        }
        int largest = 0;
        for (int g = 0; g < count; g++) {
            largest = Math.max(largest, to(g) - from(g));
        }
        return largest;
    }

    /** Groups that make up a piece of work, on average. */
    int perPiece(int columns) {
        long numbers = Math.max((long) rows * columns, 1);
        return (int) Math.clamp((long) Pieces.NUMBERS * count / numbers, 1, Pieces.NUMBERS);
    }

    /** A run of rows of one group. */
    interface Run {
        void rows(int group, int from, int to);
    }

    /** Visits the rows of a range in runs of one group each. */
    void runs(int from, int to, Run run) {
        int row = from;
        int group = row < to ? of(row) : 0;
        while (row < to) {
            int end = Math.min(to, to(group));
            if (end > row) {
                run.rows(group, row, end);
                row = end;
            }
            group++;
        }
    }
}
