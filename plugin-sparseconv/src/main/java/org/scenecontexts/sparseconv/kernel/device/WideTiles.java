package org.scenecontexts.sparseconv.kernel.device;

import org.scenecontexts.api.engine.DevicePrograms;

/**
 * Says which kernels serve a shape on a device: those of {@code wide.cl} where the shape fills their tiles and the device can
 * hold them, else those of {@code conv.cl}, which take everything.
 *
 * @param limits of the device
 */
record WideTiles(DevicePrograms.Limits limits) {

    /** Output rows, items and channels per stage of {@code wide.cl}. */
    static final int ROWS = 64;

    static final int ITEMS = 128;
    static final int DEPTH = 16;

    /** Groups per compute unit below which a sum is split over its lists. */
    private static final int GROUPS_PER_UNIT = 2;

    /** Most parts of a sum: more would cost more to add up than they gain. */
    private static final int MOST_PARTS = 9;

    /** Widths of tiles, the preferred one first. */
    private static final int[] WIDTHS = {128, 96, 64, 32};

    /**
     * Columns of a tile for sums over neighbours; 0 where {@code wide.cl} does not take the shape.
     *
     * @param cin channels that are summed over
     * @param cout channels of the result
     */
    int columns(int cin, int cout) {
        if (cin % DEPTH != 0 || limits.groupItems() < ITEMS) {
            return 0;
        }
        for (int width : WIDTHS) {
            if (cout % width == 0 && sumBytes(width) <= limits.localBytes()) {
                return width;
            }
        }
        return 0;
    }

    /** Two stages of rows, with four numbers more each against conflicts of banks, and of weights. */
    private static long sumBytes(int width) {
        return 2L * Float.BYTES * (ROWS * (DEPTH + 4) + DEPTH * width);
    }

    /** How many parts a sum is split into, so that small levels of a network give every compute unit something to do. */
    int parts(int groups, int lists) {
        int wanted = Math.ceilDiv(GROUPS_PER_UNIT * Math.max(1, limits.units()), Math.max(1, groups));
        return Math.max(1, Math.min(wanted, Math.min(lists, MOST_PARTS)));
    }

    /** Rows of a tile of a gradient of weights; 0 where {@code wide.cl} does not take the shape. */
    int weightRows(int cin, int cout) {
        int columns = weightColumns(cout);
        for (int rows : new int[] {64, 32}) {
            long bytes = 2L * Float.BYTES * DEPTH * (rows + columns);
            if (columns > 0 && cin % rows == 0 && limits.groupItems() >= 2 * rows && bytes <= limits.localBytes()) {
                return rows;
            }
        }
        return 0;
    }

    /** Columns of such a tile. */
    int weightColumns(int cout) {
        for (int width : WIDTHS) {
            if (cout % width == 0) {
                return width;
            }
        }
        return 0;
    }
}
