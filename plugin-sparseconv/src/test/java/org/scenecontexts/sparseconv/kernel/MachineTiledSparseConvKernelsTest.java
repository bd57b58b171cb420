package org.scenecontexts.sparseconv.kernel;

import org.junit.jupiter.api.BeforeEach;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.kernels.tile.TileProducts;
import org.scenecontexts.sparseconv.kernel.tiled.TiledSparseConvKernels;

class MachineTiledSparseConvKernelsTest extends SparseConvKernelsTest {

    private TileProducts tiles;

    @BeforeEach
    void needsAProcessorThatCodeIsWrittenFor() {
        tiles = MachineTiles.orSkip();
    }

    @Override
    SparseConvKernels kernels(Parallel parallel) {
        return new TiledSparseConvKernels(tiles, parallel);
    }
}
