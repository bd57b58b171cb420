package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.kernels.vector.VectorTileProducts;
import org.scenecontexts.sparseconv.kernel.tiled.TiledSparseConvKernels;

class VectorTiledSparseConvKernelsTest extends SparseConvKernelsTest {

    // One instance for all tests on one thread: scratch memory that one call leaves behind must not show in the next.
    private static final SparseConvKernels KERNELS =
            new TiledSparseConvKernels(new VectorTileProducts(), Parallel.sequential());

    @Override
    SparseConvKernels kernels(Parallel parallel) {
        return parallel.threads() == 1 ? KERNELS : new TiledSparseConvKernels(new VectorTileProducts(), parallel);
    }
}
