package org.scenecontexts.engine.cpu.gemm;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Parallel;

/**
 * Multiplies row-major matrices on the heap; its rate at 1024 cubed is what this project calls the machine's peak.
 *
 * <p>Results are bit-identical for every number of threads. Implementations are thread-safe and reuse their scratch.
 *
 * @since 0.1
 */
public interface Gemm {

    /** Short name for logs. */
    String name();

    /**
     * {@code c = op(a) . op(b)}, or {@code c += op(a) . op(b)}.
     *
     * @param parallel threads to work on
     * @param transposeA {@code a} is stored {@code [k, m]} instead of {@code [m, k]}
     * @param transposeB {@code b} is stored {@code [n, k]} instead of {@code [k, n]}
     * @param m rows of the result, 0 or more
     * @param n columns of the result, 0 or more
     * @param k length of the sums, 0 or more
     * @param a may be longer than needed
     * @param b may be longer than needed
     * @param c {@code [m, n]}, may be longer than needed; shares no memory with {@code a} and {@code b}
     * @param accumulate add to {@code c} instead of overwriting it
     * @throws IllegalArgumentException if an array is too short
     */
    void multiply(
            Parallel parallel,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Buffer a,
            Buffer b,
            Buffer c,
            boolean accumulate);

    /**
     * Refuses arrays that are too short.
     *
     * @throws IllegalArgumentException naming the array and both lengths
     */
    static void check(int m, int n, int k, Buffer a, Buffer b, Buffer c) {
        if (m < 0 || n < 0 || k < 0) {
            throw new IllegalArgumentException(
                    "matrix product of " + m + " x " + k + " by " + k + " x " + n + ", expected sizes of 0 or more");
        }
        length("left", a, m, k);
        length("right", b, k, n);
        length("result", c, m, n);
    }

    private static void length(String what, Buffer array, int rows, int columns) {
        if (array.capacity() < (long) rows * columns) {
            throw new IllegalArgumentException("the " + what + " array of a matrix product has " + array.capacity()
                    + " values, expected at least " + rows + " x " + columns + "; check the shapes of the operands");
        }
    }
}
