package org.scenecontexts.sparseconv.kernel.device;

import java.util.Map;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.DevicePrograms.Operands;

/**
 * Says in which tiles of {@code matrix.cl} a shape is computed by matrix units. Every shape is: channels that do not fill a tile
 * are filled up with zeros where operands are rounded.
 *
 * @param limits of the device
 * @param operands to what they are rounded: not {@link Operands#FP32}
 * @param tallFrom output rows from which on tiles are as tall as they can be
 */
record MatrixTiles(DevicePrograms.Limits limits, Operands operands, int tallFrom) {

    /** Words of the inner dimension in a stage. */
    static final int WORDS = 16;

    /** To a multiple of this channels are filled up. */
    static final int CHANNELS = 32;

    private static final int WARP = 32;

    /** Rows of a tile; fewer of the tall ones would leave compute units idle. */
    private static final int TALL = 128;

    private static final int LOW = 64;

    /** Of the prototype on an H100, whose 132 compute units tall tiles of fewer rows left idle. */
    private static final int TALL_FROM = 8192;

    /** Widths of tiles, the preferred one first. */
    private static final int[] WIDTHS = {128, 96, 64, 32};

    /** Numbers of a tile of a gradient of weights above which eight warps share it. */
    private static final int SHARED_BY_EIGHT = 96 * 96;

    /** Fewest stages, with which one is on its way while another is used, and most. */
    private static final int LEAST_STAGES = 2;

    private static final int MOST_STAGES = 4;
    private static final int MOST_WEIGHT_STAGES = 3;

    MatrixTiles(DevicePrograms.Limits limits, Operands operands) {
        this(limits, operands, TALL_FROM);
    }

    /** Operands in a word. */
    int perWord() {
        return operands == Operands.BF16 ? 2 : 1;
    }

    /** Channels, filled up. */
    static int filled(int channels) {
        return Math.ceilDiv(channels, CHANNELS) * CHANNELS;
    }

    /** Whether rows of these channels can be read as they are, and be rounded when they are used. */
    boolean readable(int channels, int multiple) {
        return operands == Operands.TF32 && channels % multiple == 0;
    }

    /** Whether packed rows of these channels are what the kernels read: whole stages of two operands in a word. */
    boolean readablePacked(int channels) {
        return operands == Operands.BF16 && filled(channels) == channels;
    }

    private static int width(int channels) {
        for (int width : WIDTHS) {
            if (filled(channels) % width == 0) {
                return width;
            }
        }
        throw new IllegalArgumentException(channels + " channels, expected at least 1");
    }

    /**
     * A tile of a sum over neighbours.
     *
     * @param rows of the tile
     * @param columns of the tile
     * @param stages in local memory
     */
    record Sum(int rows, int columns, int stages) {

        Sum {
            requireStages(stages, "a sum over neighbours");
        }

        int items() {
            return 2 * rows;
        }

        Map<String, Integer> constants() {
            return Map.of("BM", rows, "BN", columns, "STAGES", stages, "AHEAD", stages - LEAST_STAGES);
        }
    }

    /** The tile of a sum. */
    Sum sum(int rows, int cout) {
        int columns = width(cout);
        for (int height : new int[] {TALL, LOW}) {
            int stages = stages(height * (WORDS + 4) + WORDS * (columns + 8), MOST_STAGES);
            boolean held = stages >= LEAST_STAGES && limits.groupItems() >= 2 * height;
            if (held && (height == LOW || rows >= tallFrom)) {
                return new Sum(height, columns, stages);
            }
        }
        return new Sum(LOW, columns, 0);
    }

    /**
     * A tile of a gradient of weights.
     *
     * @param rows input channels of the tile
     * @param columns output channels of the tile
     * @param warpsDown warps that share its rows
     * @param warpsAcross warps that share its columns
     * @param stages in local memory
     */
    record Weights(int rows, int columns, int warpsDown, int warpsAcross, int stages) {

        Weights {
            requireStages(stages, "a gradient of weights");
        }

        int items() {
            return warpsDown * warpsAcross * WARP;
        }

        Map<String, Integer> constants() {
            return Map.of(
                    "DM",
                    rows,
                    "DN",
                    columns,
                    "WM",
                    warpsDown,
                    "WN",
                    warpsAcross,
                    "STAGES",
                    stages,
                    "AHEAD",
                    stages - 2);
        }
    }

    /** The tile of a gradient of weights. */
    Weights weights(int cin, int cout) {
        int rows = width(cin);
        int columns = width(cout);
        boolean eight = rows * columns > SHARED_BY_EIGHT;
        boolean across = eight && columns == WIDTHS[0];
        int pairs = WORDS * perWord();
        int row = (rows + columns + WORDS) / perWord();
        return new Weights(
                rows, columns, eight && !across ? 4 : 2, across ? 4 : 2, stages(pairs * row, MOST_WEIGHT_STAGES));
    }

    private int stages(int words, int most) {
        return (int) Math.min(most, limits.localBytes() / ((long) words * Integer.BYTES));
    }

    private static void requireStages(int stages, String what) {
        if (stages < LEAST_STAGES) {
            throw new UnsupportedOperationException("the device's local memory or its groups are too small for " + what
                    + " by matrix units; write compute: fp32");
        }
    }
}
