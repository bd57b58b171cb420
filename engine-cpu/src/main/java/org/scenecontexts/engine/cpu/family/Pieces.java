package org.scenecontexts.engine.cpu.family;

/** How much one piece of work does, whatever the number of threads. */
final class Pieces {

    /** Numbers per piece: small enough to stay in a core's second-level cache, large enough to be worth a hand-over. */
    static final int NUMBERS = 1 << 15;

    private Pieces() {}

    /** Rows of so many numbers that make up a piece. */
    static int rows(int columns) {
        return Math.max(1, NUMBERS / Math.max(columns, 1));
    }

    static int count(int n, int chunk) {
        return (n + chunk - 1) / chunk;
    }
}
