package org.scenecontexts.api.tensor;

import org.scenecontexts.api.engine.Indices;

/**
 * Operators that choose, move and join rows and columns, and products of matrices.
 *
 * @since 0.2
 */
public sealed interface ShapeOperators permits Tensor {

    /** Matrix product {@code [M, K] . [K, N] -> [M, N]}. */
    @Operator(says = "`x . y`", shapes = "[M, K], [K, N] -> [M, N]")
    default Tensor matmul(Tensor other) {
        return new MatMul(false, false).apply(self(), other);
    }

    /**
     * As {@link #matmul}, but once the product has been {@linkplain Tensor#release released} it is computed again in the
     * backward pass instead of being kept: less memory for one more product.
     */
    @Operator(
            says = "`x . y`, computed again in the backward pass instead of kept",
            shapes = "[M, K], [K, N] -> [M, N]")
    default Tensor matmulRemade(Tensor other) {
        return new MatMul(false, true).apply(self(), other);
    }

    /** Matrix product with the transpose: {@code [M, K] . [N, K]^T -> [M, N]}. */
    @Operator(says = "`x . y^T`", shapes = "[M, K], [N, K] -> [M, N]")
    default Tensor matmulTransposed(Tensor other) {
        return new MatMul(true, false).apply(self(), other);
    }

    /** Matrix products of as many pairs: {@code [B, M, K] . [B, K, N] -> [B, M, N]}. */
    @Operator(says = "`x[b] . y[b]` for every b", shapes = "[B, M, K], [B, K, N] -> [B, M, N]")
    default Tensor bmm(Tensor other) {
        return bmm(other, false, false);
    }

    /**
     * Matrix products of as many pairs, of the transposed matrices where asked: {@code q.bmm(k, false, true)} are the scores of
     * attention.
     *
     * @param transpose whether the matrices of this tensor are {@code [K, M]}
     * @param transposeOther whether those of the other are {@code [N, K]}
     */
    @Operator(
            says = "`op(x[b]) . op(y[b])` for every b; `op` transposes where asked",
            shapes = "[B, M, K] or [B, K, M], [B, K, N] or [B, N, K] -> [B, M, N]")
    default Tensor bmm(Tensor other, boolean transpose, boolean transposeOther) {
        return new BatchedMatMul(transpose, transposeOther).apply(self(), other);
    }

    /**
     * The same numbers in the same order under another shape, in the same memory.
     *
     * @param shape one extent may be -1: what is left
     */
    @Operator(
            says = "the same numbers in the same order under another shape; one extent may be -1",
            shapes = "... -> as given")
    default Tensor reshape(int... shape) {
        return new ShapeOps.Reshape(shape).apply(self());
    }

    /** Rows and columns of a matrix changed, or of each of several matrices {@code [B, M, N]}. */
    @Operator(says = "rows become columns", shapes = "[M, N] -> [N, M]; [B, M, N] -> [B, N, M]")
    default Tensor transpose() {
        return transpose(self().rank() - 2, self().rank() - 1);
    }

    /** Two neighbouring dimensions changed. */
    @Operator(
            says = "dimensions `a` and `b`, which are neighbours, change places",
            shapes = "[M, N, C] -> [N, M, C] with 0 and 1")
    default Tensor transpose(int a, int b) {
        return new ShapeOps.Transpose(a, b).apply(self());
    }

    /**
     * Rows by index: {@code out[i] = this[index[i]]}; the gradient adds up where an index repeats.
     *
     * @param index each in {@code 0 .. rows()-1}
     */
    @Operator(
            says = "`x[index[i]]`; the gradient adds up where an index repeats",
            shapes = "[N, C], M indices -> [M, C]")
    default Tensor gatherRows(int[] index) {
        return gatherRows(self().engine().indices(index, self().rows()));
    }

    /**
     * Rows by index, as {@link #gatherRows(int[])}.
     *
     * @param index with a range of at most the rows
     */
    @Operator(
            says = "`x[index[i]]`; the gradient adds up where an index repeats",
            shapes = "[N, C], M indices -> [M, C]")
    default Tensor gatherRows(Indices index) {
        return new GatherRows(index).apply(self());
    }

    /**
     * Sums of rows by index: {@code out[index[i]] += this[i]}, from zero.
     *
     * @param index one for each row, with a range of at most {@code rows}
     * @param rows of the result
     */
    @Operator(says = "row k is the sum of the rows i with `index[i] = k`", shapes = "[N, C], N indices -> [rows, C]")
    default Tensor scatterAdd(Indices index, int rows) {
        return new ShapeOps.ScatterAdd(index, rows).apply(self());
    }

    /** Columns {@code from .. from + count - 1}. */
    @Operator(says = "columns `from` to `from + count - 1`", shapes = "[N, C] -> [N, count]")
    default Tensor columns(int from, int count) {
        return new SliceColumns(from, count).apply(self());
    }

    /** Rows {@code from .. from + count - 1}; {@code count} may be 0. */
    @Operator(says = "rows `from` to `from + count - 1`", shapes = "[N, ...] -> [count, ...]")
    default Tensor rows(int from, int count) {
        return new ShapeOps.SliceRows(from, count).apply(self());
    }

    private Tensor self() {
        return (Tensor) this;
    }
}
