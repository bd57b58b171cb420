package org.scenecontexts.sparseconv.kernel;

import org.junit.jupiter.api.BeforeEach;
import org.scenecontexts.sparseconv.kernel.tiled.TiledSparseConvKernels;

class MachineTiledSparseConvKernelsTest extends SparseConvKernelsTest {

    private SparseConvKernels kernels;

    @BeforeEach
    void needsAProcessorThatCodeIsWrittenFor() {
        kernels = new TiledSparseConvKernels(MachineTiles.orSkip());
    }

    @Override
    SparseConvKernels kernels() {
        return kernels;
    }
}
