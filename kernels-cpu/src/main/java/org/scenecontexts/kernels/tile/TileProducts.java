package org.scenecontexts.kernels.tile;

/**
 * Multiplies rows that lie anywhere by packed panels, and sums outer products of rows that lie anywhere: the two inner
 * loops of matrix products, sparse convolutions and their gradients.
 *
 * <p>A panel holds {@link #columns()} columns of a right operand, {@code [length, columns()]}, contiguous. All offsets and
 * lengths count floats. Implementations are thread-safe, sum in ascending order and give the same bits for the same
 * arguments; between implementations, roundings differ.
 *
 * @since 0.1
 */
public interface TileProducts {

    /** Longest sum of one call of {@link Operands#rows}: its panel then takes half of a first-level cache. */
    int MAX_LENGTH = 256;

    /** Most rows, or steps of a sum of {@link Operands#outer}, that one call takes. */
    int MAX_OFFSETS = 256;

    /** Short name for logs. */
    String name();

    /** Columns of a panel, a power of two. */
    int columns();

    /** Names the arrays of many calls once. The left array may also be the right one, neither may be the result. */
    Operands bind(float[] left, float[] right, float[] result);

    /** Borrows room for the offsets of one thread; give it back with {@link #give}. */
    TileWorkspace take();

    /** Takes back what {@link #take} lent. */
    void give(TileWorkspace workspace);

    /** Three arrays, and the calls over them. Thread-safe as long as calls write different results. */
    interface Operands {

        /**
         * {@code result[at.result[i] + j] = (fresh ? 0 : itself) + sum over p of left[at.left[i] + p] * panel[p][j]} for rows
         * i and columns j.
         *
         * @param at where each left row and each result row begins
         * @param rows number of rows, up to {@link #MAX_OFFSETS}; no two may share results
         * @param panel where the first panel begins in the right array
         * @param stride from panel to panel
         * @param columns number of columns; the last panel may hold fewer than it has room for, and is read whole
         * @param length of the sum, up to {@link #MAX_LENGTH}
         * @param fresh overwrite results instead of adding to them
         * @throws IndexOutOfBoundsException if a row or panel does not lie within its array
         */
        void rows(TileWorkspace at, int rows, int panel, int stride, int columns, int length, boolean fresh);

        /**
         * {@code result[to + i * stride + j] = (fresh ? 0 : itself) + sum over p of left[at.left[p] + i] * right[at.right[p] + j]}
         * for rows i and columns j.
         *
         * @param at where the left and the right values of each step begin
         * @param length of the sum, up to {@link #MAX_OFFSETS}
         * @param rows number of left values per step
         * @param columns number of right values per step
         * @param to where results begin
         * @param stride from result row to result row, at least {@code columns}
         * @param fresh overwrite results instead of adding to them
         * @throws IndexOutOfBoundsException if values do not lie within their array
         */
        void outer(TileWorkspace at, int length, int rows, int columns, int to, int stride, boolean fresh);
    }
}
