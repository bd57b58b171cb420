package org.scenecontexts.api.tensor;

import java.util.Arrays;
import org.scenecontexts.api.engine.kernel.Groups;

/**
 * Operators over the rows of {@linkplain Groups groups} or along a dimension, and elementwise arithmetic of two tensors, of
 * which the second may be smaller.
 *
 * <p>Dimensions count from 0, negative ones from the end. Groups are made with {@link Groups#ofSize}, {@link Groups#ragged}
 * and their kin.
 *
 * @since 0.2
 */
public sealed interface GroupOperators permits Tensor {

    /** Elementwise sum; {@code other} is repeated where it is smaller, by PyTorch's rules. */
    @Operator(
            says = "`x + y`, where `y` has the shape of `x`, is a row, a column, or repeated by PyTorch's rules",
            shapes = "[N, C], [N, C] or [C] or [N, 1] -> [N, C]")
    default Tensor add(Tensor other) {
        Tensor x = self();
        if (Arrays.equals(other.shape(), x.shape())) {
            return new Elementwise.Add().apply(x, other);
        }
        Axis axis = Axis.broadcast("add", x, other);
        return axis.groups().count() == 1 && axis.columns() == x.columns()
                ? new Elementwise.AddRow().apply(x, other)
                : new GroupOps.Combine(axis, false).apply(x, other);
    }

    /** Elementwise difference; {@code other} is repeated as in {@link #add}. */
    @Operator(says = "`x - y`, `y` as in `add`", shapes = "[N, C], [N, C] or [C] or [N, 1] -> [N, C]")
    default Tensor subtract(Tensor other) {
        return Arrays.equals(other.shape(), self().shape())
                ? new Elementwise.Subtract().apply(self(), other)
                : add(other.scale(-1));
    }

    /** Elementwise product; {@code other} is repeated as in {@link #add}. */
    @Operator(says = "`x * y`, `y` as in `add`", shapes = "[N, C], [N, C] or [C] or [N, 1] -> [N, C]")
    default Tensor multiply(Tensor other) {
        Tensor x = self();
        return Arrays.equals(other.shape(), x.shape())
                ? new Elementwise.Multiply().apply(x, other)
                : new GroupOps.Combine(Axis.broadcast("multiply", x, other), true).apply(x, other);
    }

    /** Elementwise quotient; {@code other} is repeated as in {@link #add}. */
    @Operator(says = "`x / y`, `y` as in `add`", shapes = "[N, C], [N, C] or [C] or [N, 1] -> [N, C]")
    default Tensor divide(Tensor other) {
        return Arrays.equals(other.shape(), self().shape())
                ? new PointwiseOp.Divide().apply(self(), other)
                : multiply(other.reciprocal());
    }

    /** Adds to every row the row of its group. */
    @Operator(says = "`x[i] + y[g]` for the rows i of group g", shapes = "[N, C], [G, C] -> [N, C]")
    default Tensor add(Tensor perGroup, Groups groups) {
        return combine("add", perGroup, groups, false);
    }

    /** Multiplies every row by the row of its group. */
    @Operator(says = "`x[i] * y[g]` for the rows i of group g", shapes = "[N, C], [G, C] -> [N, C]")
    default Tensor multiply(Tensor perGroup, Groups groups) {
        return combine("multiply", perGroup, groups, true);
    }

    private Tensor combine(String what, Tensor perGroup, Groups groups, boolean product) {
        Axis axis = Axis.of(self(), groups);
        axis.requireReduced(what, perGroup);
        return new GroupOps.Combine(axis, product).apply(self(), perGroup);
    }

    /** The row of each group for every row of it. */
    @Operator(says = "`x[g]` for every row of group g (`repeat_interleave`)", shapes = "[G, C] -> [N, C]")
    default Tensor repeat(Groups groups) {
        return new GroupOps.Repeat(groups).apply(self());
    }

    /** Sum of all values, {@code [1]}. */
    @Operator(says = "sum of all values", shapes = "... -> [1]")
    default Tensor sum() {
        return new Sum().apply(self());
    }

    /** Mean of all values, {@code [1]}. */
    @Operator(says = "mean of all values", shapes = "... -> [1]")
    default Tensor mean() {
        return sum().scale(1.0 / self().size());
    }

    /** Sum along a dimension, which goes; 0 where it is empty. */
    @Operator(
            says = "sum along dimension `d`, which goes; over rows with `d = 0`, over columns with `d = 1`",
            shapes = "[N, C] -> [C] or [N]")
    default Tensor sum(int dimension) {
        return new GroupOps.Total(Axis.of(self(), dimension), false).apply(self());
    }

    /** Sum of the rows of each group; 0 for an empty one. */
    @Operator(says = "sum of the rows of each group; 0 for an empty one", shapes = "[N, C] -> [G, C]")
    default Tensor sum(Groups groups) {
        return new GroupOps.Total(Axis.of(self(), groups), false).apply(self());
    }

    /** Mean along a dimension, which goes; 0 where it is empty. */
    @Operator(says = "mean along dimension `d`, which goes; 0 where it is empty", shapes = "[N, C] -> [C] or [N]")
    default Tensor mean(int dimension) {
        return new GroupOps.Total(Axis.of(self(), dimension), true).apply(self());
    }

    /** Mean of the rows of each group; 0 for an empty one. */
    @Operator(says = "mean of the rows of each group; 0 for an empty one", shapes = "[N, C] -> [G, C]")
    default Tensor mean(Groups groups) {
        return new GroupOps.Total(Axis.of(self(), groups), true).apply(self());
    }

    /** Largest entry along a dimension, which goes; 0 where it is empty. The first of equal ones gets the gradient. */
    @Operator(
            says = "largest entry along dimension `d`, which goes; the first of equal ones gets the gradient",
            shapes = "[N, C] -> [C] or [N]")
    default Tensor max(int dimension) {
        return new GroupOps.Max(Axis.of(self(), dimension)).apply(self());
    }

    /** Largest entry of each group, column by column; 0 for an empty one. The first of equal ones gets the gradient. */
    @Operator(says = "largest entry of each group, column by column; 0 for an empty group", shapes = "[N, C] -> [G, C]")
    default Tensor max(Groups groups) {
        return new GroupOps.Max(Axis.of(self(), groups)).apply(self());
    }

    /** Column-wise maximum over groups of {@code size} consecutive rows: {@code [G * size, C] -> [G, C]}. */
    @Operator(says = "largest entry of each group of `size` rows, column by column", shapes = "[G * size, C] -> [G, C]")
    default Tensor groupMax(int size) {
        return new GroupMax(size).apply(self());
    }

    /** Shares that add up to one along a dimension. */
    @Operator(
            says = "`e^x / sum of e^x` along dimension `d`: of a row with `d = 1`, of a column with `d = 0`",
            shapes = "[N, C] -> [N, C]")
    default Tensor softmax(int dimension) {
        return new GroupOps.Softmax(Axis.of(self(), dimension), false).apply(self());
    }

    /** Shares that add up to one in each column of each group. */
    @Operator(says = "`e^x / sum of e^x` over the rows of each group, column by column", shapes = "[N, C] -> [N, C]")
    default Tensor softmax(Groups groups) {
        return new GroupOps.Softmax(Axis.of(self(), groups), false).apply(self());
    }

    /** Logarithm of {@link #softmax(int)}. */
    @Operator(says = "logarithm of `softmax`", shapes = "[N, C] -> [N, C]")
    default Tensor logSoftmax(int dimension) {
        return new GroupOps.Softmax(Axis.of(self(), dimension), true).apply(self());
    }

    /** Logarithm of {@link #softmax(Groups)}. */
    @Operator(says = "logarithm of `softmax`", shapes = "[N, C] -> [N, C]")
    default Tensor logSoftmax(Groups groups) {
        return new GroupOps.Softmax(Axis.of(self(), groups), true).apply(self());
    }

    /** Each row divided by its Euclidean length, without epsilon (REFERENCE 1.6). */
    @Operator(says = "each row over its Euclidean length, without epsilon", shapes = "[N, C] -> [N, C]")
    default Tensor normalizeRows() {
        return new NormalizeRows().apply(self());
    }

    /**
     * Each row brought to mean 0 and variance 1, then scaled and shifted column by column.
     *
     * @param gamma {@code [C]}
     * @param beta {@code [C]}
     * @param epsilon added to the variance; PyTorch's default is 1e-5
     */
    @Operator(
            says = "`(x - mean) / sqrt(variance + eps) * gamma + beta` with the moments of each row",
            shapes = "[N, C], [C], [C] -> [N, C]")
    default Tensor layerNorm(Tensor gamma, Tensor beta, double epsilon) {
        return groupNorm(new Groups.Equal(self().rows(), 1), 1, gamma, beta, epsilon);
    }

    /**
     * The rows of each group, in equal parts of the columns, brought to mean 0 and variance 1, then scaled and shifted column
     * by column.
     *
     * @param groups rows whose moments are taken together, such as those of a scene
     * @param parts parts of the columns; as many as columns for instance norm
     * @param gamma {@code [C]}
     * @param beta {@code [C]}
     * @param epsilon added to the variance
     */
    @Operator(
            says = "`(x - mean) / sqrt(variance + eps) * gamma + beta` with moments over the rows of each group, in"
                    + " `parts` equal parts of the columns",
            shapes = "[N, C], [C], [C] -> [N, C]")
    default Tensor groupNorm(Groups groups, int parts, Tensor gamma, Tensor beta, double epsilon) {
        return new GroupNormOp(groups, parts, epsilon).apply(self(), gamma, beta);
    }

    private Tensor self() {
        return (Tensor) this;
    }
}
