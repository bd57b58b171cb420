package org.scenecontexts.api.grid;

/**
 * Packs a voxel (batch item, x, y, z) into one {@code long} whose natural order is batch item first, then Morton order.
 *
 * <p>Layout from the top: 1 zero bit, 9 bits of batch item, 54 bits of interleaved x, y, z with x lowest. A coordinate
 * is stored as {@code c + 2^17}, so flooring to a power-of-two stride is clearing low bits, for negative ones too.
 *
 * @since 0.1
 */
public final class MortonKey {

    /** Bits of one coordinate. */
    public static final int BITS = 18;

    /** Bits of the interleaved position; the batch item lies above them. */
    public static final int SPATIAL_BITS = 3 * BITS;

    /** Largest batch item. */
    public static final int MAX_BATCH = 511;

    /** Largest absolute coordinate; keeps a margin so that neighbours never wrap around. */
    public static final int MAX_COORDINATE = (1 << (BITS - 1)) - (1 << 12);

    /** Bits of x in an interleaved position. */
    public static final long X_MASK = spread((1 << BITS) - 1);

    private static final int BIAS = 1 << (BITS - 1);

    private MortonKey() {}

    /**
     * The key of a voxel.
     *
     * @param batch batch item, {@code 0 .. MAX_BATCH}
     * @param x in {@code -MAX_COORDINATE .. MAX_COORDINATE}, as y and z
     */
    public static long of(int batch, int x, int y, int z) {
        return (long) batch << SPATIAL_BITS | spread(x + BIAS) | spread(y + BIAS) << 1 | spread(z + BIAS) << 2;
    }

    /** Whether a voxel can be packed. */
    public static boolean fits(int batch, int x, int y, int z) {
        return batch >= 0 && batch <= MAX_BATCH && fits(x) && fits(y) && fits(z);
    }

    /** Batch item of a key. */
    public static int batch(long key) {
        return (int) (key >>> SPATIAL_BITS);
    }

    /** x of a key, in voxels. */
    public static int x(long key) {
        return compact(key) - BIAS;
    }

    /** y of a key, in voxels. */
    public static int y(long key) {
        return compact(key >>> 1) - BIAS;
    }

    /** z of a key, in voxels. */
    public static int z(long key) {
        return compact(key >>> 2) - BIAS;
    }

    private static boolean fits(int c) {
        return c >= -MAX_COORDINATE && c <= MAX_COORDINATE;
    }

    /** Moves bit i of an 18-bit number to bit 3 i. */
    private static long spread(int value) {
        long v = value & 0x3FFFFL;
        v = (v | v << 32) & 0x001F00000000FFFFL;
        v = (v | v << 16) & 0x001F0000FF0000FFL;
        v = (v | v << 8) & 0x100F00F00F00F00FL;
        v = (v | v << 4) & 0x10C30C30C30C30C3L;
        return (v | v << 2) & 0x1249249249249249L;
    }

    /** Inverse of {@link #spread}; other bits are ignored. */
    private static int compact(long key) {
        long v = key & 0x0009249249249249L;
        v = (v | v >>> 2) & 0x10C30C30C30C30C3L;
        v = (v | v >>> 4) & 0x100F00F00F00F00FL;
        v = (v | v >>> 8) & 0x001F0000FF0000FFL;
        v = (v | v >>> 16) & 0x001F00000000FFFFL;
        v = (v | v >>> 32) & 0x3FFFFL;
        return (int) v;
    }
}
