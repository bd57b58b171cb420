package org.scenecontexts.api.engine;

/**
 * Runs numbered pieces of work on the threads of an engine.
 *
 * <p>The pieces of a job are fixed by the caller and never depend on the number of threads. Work whose pieces write to
 * disjoint memory, or whose partial results are combined in piece order afterwards, is therefore bit-identical on one
 * thread and on many (DESIGN, principle 6).
 *
 * @since 0.1
 */
public interface Parallel {

    /** One numbered piece of a job. */
    @FunctionalInterface
    interface Piece {
        /** @param index number of the piece, {@code 0 <= index < pieces} */
        void run(int index);
    }

    /** A half-open range of rows. */
    @FunctionalInterface
    interface Range {
        /**
         * @param from first row
         * @param to one past the last row
         */
        void run(int from, int to);
    }

    /** Number of threads that work at the same time, the calling thread included; at least 1. */
    int threads();

    /**
     * Runs all pieces, in any order and possibly at the same time, and returns when all are done.
     *
     * @param pieces number of pieces, 0 or more
     * @throws RuntimeException the first exception that a piece threw, after all running pieces have ended
     */
    void run(int pieces, Piece piece);

    /**
     * Cuts {@code 0 .. rows} into ranges of {@code chunk} rows (the last may be shorter) and runs each as one piece.
     *
     * @param chunk rows per range, at least 1; choose it independently of {@link #threads()}
     */
    default void rows(int rows, int chunk, Range range) {
        int pieces = (rows + chunk - 1) / chunk;
        if (pieces == 1) {
            range.run(0, rows);
            return;
        }
        run(pieces, piece -> range.run(piece * chunk, Math.min(rows, (piece + 1) * chunk)));
    }

    /** Runs everything on the calling thread, in order. */
    static Parallel sequential() {
        return new Parallel() {
            @Override
            public int threads() {
                return 1;
            }

            @Override
            public void run(int pieces, Piece piece) {
                for (int i = 0; i < pieces; i++) {
                    piece.run(i);
                }
            }
        };
    }
}
