package org.scenecontexts.api.tensor;

import java.util.Arrays;
import org.scenecontexts.api.engine.kernel.Groups;

/**
 * How an operator on groups of rows sees a tensor: a matrix of as many rows as the groups have.
 *
 * @param groups of rows
 * @param columns numbers per row
 * @param reduced shape of what has one row per group
 */
record Axis(Groups groups, int columns, int[] reduced) {

    /** One dimension of a tensor. */
    static Axis of(Tensor x, int dimension) {
        int[] shape = x.shape();
        int d = dimension < 0 ? dimension + shape.length : dimension;
        if (d < 0 || d >= shape.length) {
            throw new IndexOutOfBoundsException(
                    "dimension " + dimension + " is not one of the " + shape.length + " of " + x);
        }
        int outer = product(shape, 0, d);
        int[] reduced = shape.length == 1 ? new int[] {1} : new int[shape.length - 1];
        if (shape.length > 1) {
            System.arraycopy(shape, 0, reduced, 0, d);
            System.arraycopy(shape, d + 1, reduced, d, shape.length - 1 - d);
        }
        return new Axis(new Groups.Equal(outer, shape[d]), product(shape, d + 1, shape.length), reduced);
    }

    /** Groups of the rows of a tensor. */
    static Axis of(Tensor x, Groups groups) {
        if (groups.rows() != x.rows()) {
            throw new IllegalArgumentException(groups.count() + " groups of " + groups.rows()
                    + " rows do not divide the " + x.rows() + " rows of " + x);
        }
        int[] reduced = x.shape();
        reduced[0] = groups.count();
        return new Axis(groups, x.columns(), reduced);
    }

    /**
     * The dimensions along which a smaller tensor is repeated to meet a larger one, by PyTorch's rule: shapes are aligned at
     * their ends, and extents are equal or 1 (or missing) in the smaller.
     *
     * @throws IllegalArgumentException when they do not meet, or when kept dimensions lie between repeated ones
     */
    static Axis broadcast(String what, Tensor x, Tensor small) {
        int[] shape = x.shape();
        int[] other = small.shape();
        int missing = shape.length - other.length;
        int first = -1;
        int last = -1;
        boolean meets = missing >= 0;
        for (int d = 0; meets && d < shape.length; d++) {
            int extent = d < missing ? 1 : other[d - missing];
            if (extent != shape[d]) {
                meets = extent == 1;
                first = first < 0 ? d : first;
                last = d;
            }
        }
        for (int d = Math.max(first, missing); meets && d <= last; d++) {
            meets = other[d - missing] == 1;
        }
        if (!meets) {
            throw new IllegalArgumentException("cannot " + what + " " + x + " and " + small
                    + ": expected equal shapes, or a second one that meets the end of the first, such as a row "
                    + Arrays.toString(new int[] {shape[shape.length - 1]}) + " or a column "
                    + Arrays.toString(new int[] {shape[0], 1}));
        }
        int from = Math.max(first, 0);
        int to = last + 1;
        return new Axis(
                new Groups.Equal(product(shape, 0, from), product(shape, from, to)),
                product(shape, to, shape.length),
                other);
    }

    static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int d = from; d < to; d++) {
            product = Math.multiplyExact(product, shape[d]);
        }
        return product;
    }

    /** A tensor with one row per group has the shape that is expected of it. */
    void requireReduced(String what, Tensor perGroup) {
        if (!Arrays.equals(perGroup.shape(), reduced)) {
            throw new IllegalArgumentException("cannot " + what + " " + perGroup + ": one row for each of the "
                    + groups.count() + " groups, " + Arrays.toString(reduced) + ", is expected");
        }
    }
}
