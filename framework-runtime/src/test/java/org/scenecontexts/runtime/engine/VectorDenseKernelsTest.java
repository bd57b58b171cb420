package org.scenecontexts.runtime.engine;

import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.kernels.vector.VectorTileProducts;
import org.scenecontexts.runtime.engine.gemm.TiledGemm;
import org.scenecontexts.runtime.engine.vector.VectorDenseKernels;

/** Needs {@code --add-modules jdk.incubator.vector}, which the build passes. */
class VectorDenseKernelsTest extends DenseKernelsConformance {

    @Override
    DenseKernels kernels(Parallel parallel) {
        return new VectorDenseKernels(parallel, new TiledGemm(new VectorTileProducts()), VectorDenseKernels::loops);
    }
}
