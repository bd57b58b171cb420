package org.scenecontexts.sparseconv.voxel;

/** Interleaves the bits of three coordinates, so that cells that are near each other get numbers near each other. */
final class Morton {

    private Morton() {}

    /**
     * @param x 0 to 2^21 - 1, and so are {@code y} and {@code z}
     * @return 63 bits, x lowest
     */
    static long interleave(int x, int y, int z) {
        return spread(x) | spread(y) << 1 | spread(z) << 2;
    }

    private static long spread(long v) {
        v = (v | v << 32) & 0x1F00000000FFFFL;
        v = (v | v << 16) & 0x1F0000FF0000FFL;
        v = (v | v << 8) & 0x100F00F00F00F00FL;
        v = (v | v << 4) & 0x10C30C30C30C30C3L;
        return (v | v << 2) & 0x1249249249249249L;
    }
}
