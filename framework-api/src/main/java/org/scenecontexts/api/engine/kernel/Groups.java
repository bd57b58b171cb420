package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/**
 * Consecutive rows that belong together: the neighbours of a point, the points of a scene, all rows of a matrix.
 *
 * <p>One notion serves all directions. A matrix {@code [rows, columns]} reduced over its rows is one group of {@code rows}
 * rows of {@code columns} numbers; reduced over its columns it is {@code rows} groups of {@code columns} rows of one number.
 * Groups may be empty.
 *
 * @since 0.2
 */
public sealed interface Groups {

    /** How many groups there are. */
    int count();

    /** Rows of all groups together. */
    int rows();

    /**
     * Groups of one size.
     *
     * @param count 0 or more
     * @param size 0 or more
     */
    record Equal(int count, int size) implements Groups {
        public Equal {
            if (count < 0 || size < 0) {
                throw new IllegalArgumentException(count + " groups of " + size + " rows: both have to be 0 or more");
            }
        }

        @Override
        public int rows() {
            return Math.multiplyExact(count, size);
        }
    }

    /**
     * Groups of any sizes.
     *
     * @param offsets first row of each group and, at the end, the number of rows, which is {@code range() - 1}; they start
     *     with 0 and never fall
     */
    record Ragged(Indices offsets) implements Groups {
        public Ragged {
            if (offsets.length() < 1) {
                throw new IllegalArgumentException(
                        "offsets of groups hold the number of rows at their end; found none at all");
            }
        }

        @Override
        public int count() {
            return offsets.length() - 1;
        }

        @Override
        public int rows() {
            return offsets.range() - 1;
        }
    }

    /** All of so many rows. */
    static Groups whole(int rows) {
        return new Equal(1, rows);
    }

    /**
     * Groups of one size that fill so many rows.
     *
     * @throws IllegalArgumentException when they do not
     */
    static Groups ofSize(int size, int rows) {
        if (size < 1 || rows % size != 0) {
            throw new IllegalArgumentException(
                    "groups of " + size + " rows expected, but " + rows + " rows do not divide into them");
        }
        return new Equal(rows / size, size);
    }

    /**
     * Groups from the host, checked and brought to the engine; make them once per batch.
     *
     * @param offsets first row of each group, and the number of rows at the end
     * @throws IllegalArgumentException when they do not start with 0, or fall
     */
    static Groups ragged(TensorEngine engine, int... offsets) {
        if (offsets.length == 0 || offsets[0] != 0) {
            throw new IllegalArgumentException("offsets of groups start with 0 and end with the number of rows; found "
                    + (offsets.length == 0 ? "none" : offsets[0] + " first"));
        }
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] < offsets[i - 1]) {
                throw new IllegalArgumentException("offsets of groups never fall, but offset " + i + " is " + offsets[i]
                        + " after " + offsets[i - 1]);
            }
        }
        return new Ragged(engine.indices(offsets, offsets[offsets.length - 1] + 1));
    }

    /** Groups of these sizes, as {@link #ragged}. */
    static Groups ofSizes(TensorEngine engine, int... sizes) {
        int[] offsets = new int[sizes.length + 1];
        for (int i = 0; i < sizes.length; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], sizes[i]);
        }
        return ragged(engine, offsets);
    }
}
