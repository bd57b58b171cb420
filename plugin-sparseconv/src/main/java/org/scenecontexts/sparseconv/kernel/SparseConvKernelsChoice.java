package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.kernels.tile.ScalarTileProducts;
import org.scenecontexts.kernels.tile.TileProductsChoice;
import org.scenecontexts.sparseconv.kernel.tiled.TiledSparseConvKernels;

/**
 * Picks the fastest {@link SparseConvKernels} that this machine and this Java can run, and says why.
 *
 * @param kernels the implementation to use
 * @param reason one sentence for the log
 * @since 0.1
 */
public record SparseConvKernelsChoice(SparseConvKernels kernels, String reason) {

    /**
     * Picks for this Java virtual machine; call it once and keep the result. {@link org.scenecontexts.api.engine.VectorApi#PROPERTY} overrides
     * it.
     *
     * @param parallel threads to work on
     * @throws IllegalStateException if the property asks for what is not there, or for something unknown
     */
    public static SparseConvKernelsChoice forThisMachine(Parallel parallel) {
        TileProductsChoice tiles = TileProductsChoice.forThisMachine();
        SparseConvKernels kernels = tiles.products() instanceof ScalarTileProducts
                ? new ScalarSparseConvKernels(parallel)
                : new TiledSparseConvKernels(tiles.products(), parallel);
        return new SparseConvKernelsChoice(
                kernels, "sparse convolution runs on " + kernels.name() + ": " + tiles.reason());
    }
}
