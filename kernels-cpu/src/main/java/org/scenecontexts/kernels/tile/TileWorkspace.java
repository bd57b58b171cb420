package org.scenecontexts.kernels.tile;

/**
 * Room for the offsets of one call of {@link TileProducts}, and for what an implementation keeps aside; for one thread at
 * a time.
 *
 * @since 0.1
 */
public class TileWorkspace {

    private final int[] left = new int[TileProducts.MAX_OFFSETS];
    private final int[] right = new int[TileProducts.MAX_OFFSETS];
    private final int[] result = new int[TileProducts.MAX_OFFSETS];

    /** Where left rows, or left values of a step, begin. To be filled by the caller. */
    public final int[] left() {
        return left;
    }

    /** Where right values of a step begin. To be filled by the caller of {@link TileProducts.Operands#outer}. */
    public final int[] right() {
        return right;
    }

    /** Where result rows begin. To be filled by the caller of {@link TileProducts.Operands#rows}. */
    public final int[] result() {
        return result;
    }
}
