package org.scenecontexts.api.engine.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Written;

/**
 * Reductions of {@linkplain Groups groups} of rows, and their reverse: one row of numbers for all rows of a group.
 *
 * <p>{@code x} is {@code [groups.rows(), columns]} and what belongs to groups is {@code [groups.count(), columns]}. Sums are
 * accumulated in double precision or as exactly, and rounded once.
 *
 * @since 0.2
 */
public interface GroupKernels {

    /**
     * {@code out[g, j]} is the sum of {@code x[i, j]} over the rows of group g, or their mean; 0 for an empty group.
     *
     * @param accumulate add to {@code out} instead of overwriting it
     */
    void sum(Groups groups, int columns, boolean mean, Buffer x, @Written Buffer out, boolean accumulate);

    /**
     * {@code out[g, j]} is the sum of {@code x[i, j] * y[i, j]} over the rows of group g.
     *
     * @param accumulate add to {@code out} instead of overwriting it
     */
    void sumProducts(Groups groups, int columns, Buffer x, Buffer y, @Written Buffer out, boolean accumulate);

    /**
     * {@code out[i, j] = perGroup[g, j]} for the rows i of group g, or that over the size of the group: the gradients of sum
     * and mean.
     *
     * @param out {@code [groups.rows(), columns]}
     */
    void spread(Groups groups, int columns, boolean overSize, Buffer perGroup, @Written Buffer out);

    /** {@code out[i, j] = x[i, j] + perGroup[g, j]} for the rows i of group g; {@code out} may be {@code x}. */
    void add(Groups groups, int columns, Buffer x, Buffer perGroup, @Written Buffer out);

    /** {@code out[i, j] = x[i, j] * perGroup[g, j]} for the rows i of group g; {@code out} may be {@code x}. */
    void multiply(Groups groups, int columns, Buffer x, Buffer perGroup, @Written Buffer out);

    /**
     * Largest entry per column of each group; not-a-number if one is; 0 for an empty group.
     *
     * @param winner row of each maximum, {@code [groups.count(), columns]}; the first on ties; 0 for an empty group
     */
    void max(Groups groups, int columns, Buffer x, @Written Buffer out, @Written Indices winner);

    /** {@code gradIn[winner[g, j], j] = gradOut[g, j]}, zero elsewhere. */
    void maxGradient(Groups groups, int columns, Buffer gradOut, Indices winner, @Written Buffer gradIn);
}
