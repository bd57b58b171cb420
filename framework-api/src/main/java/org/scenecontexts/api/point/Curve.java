package org.scenecontexts.api.point;

/**
 * A curve that visits every cell of a cube, so that points can be put in a row in which neighbours mostly stay neighbours.
 *
 * <p>Curves at half the resolution visit the halved cells in the same order: the code of a cell's parent is its own without
 * the lowest three bits.
 *
 * @since 0.2
 */
public enum Curve {

    /** Bits of the coordinates interleaved, x lowest. */
    MORTON(false, false),

    /** {@link #MORTON} with x and y exchanged. */
    MORTON_SWAPPED(false, true),

    /** Hilbert's curve, whose steps go from a cell to one that touches it. */
    HILBERT(true, false),

    /** {@link #HILBERT} with x and y exchanged. */
    HILBERT_SWAPPED(true, true);

    /** Most bits of a coordinate. */
    public static final int MOST_BITS = 16;

    private final boolean hilbert;
    private final boolean swapped;

    Curve(boolean hilbert, boolean swapped) {
        this.hilbert = hilbert;
        this.swapped = swapped;
    }

    /**
     * Where on the curve a cell lies.
     *
     * @param x 0 or more and below {@code 2^bits}, as y and z; higher bits are ignored
     * @param bits 0 to {@link #MOST_BITS}
     * @return 0 or more and below {@code 8^bits}; no two cells have the same
     */
    public long code(int x, int y, int z, int bits) {
        int a = swapped ? y : x;
        int b = swapped ? x : y;
        return hilbert ? hilbert(a, b, z, bits) : interleaved(a, b, z, bits);
    }

    /** Bits that coordinates up to a number have. */
    public static int bitsFor(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    private static long interleaved(int x, int y, int z, int bits) {
        long code = 0;
        for (int i = 0; i < bits; i++) {
            code |= (long) (x >> i & 1) << 3 * i | (long) (y >> i & 1) << 3 * i + 1 | (long) (z >> i & 1) << 3 * i + 2;
        }
        return code;
    }

    /** The transform of J. Skilling, "Programming the Hilbert curve" (AIP Conference Proceedings 707, 2004). */
    private static long hilbert(int x, int y, int z, int bits) {
        int mask = (1 << bits) - 1;
        int[] c = {x & mask, y & mask, z & mask};
        for (int q = bits == 0 ? 0 : 1 << bits - 1; q > 1; q >>= 1) {
            int below = q - 1;
            for (int i = 0; i < 3; i++) {
                if ((c[i] & q) != 0) {
                    c[0] ^= below;
                } else {
                    int exchanged = (c[0] ^ c[i]) & below;
                    c[0] ^= exchanged;
                    c[i] ^= exchanged;
                }
            }
        }
        c[1] ^= c[0];
        c[2] ^= c[1];
        int turn = 0;
        for (int q = bits == 0 ? 0 : 1 << bits - 1; q > 1; q >>= 1) {
            turn ^= (c[2] & q) != 0 ? q - 1 : 0;
        }
        return interleaved(c[2] ^ turn, c[1] ^ turn, c[0] ^ turn, bits);
    }
}
