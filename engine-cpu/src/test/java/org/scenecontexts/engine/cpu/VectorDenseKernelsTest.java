package org.scenecontexts.engine.cpu;

import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.gemm.TiledGemm;
import org.scenecontexts.engine.cpu.vector.VectorDenseKernels;
import org.scenecontexts.kernels.vector.VectorTileProducts;
import org.scenecontexts.testkit.DenseKernelsConformance;

/** Needs {@code --add-modules jdk.incubator.vector}, which the build passes. */
class VectorDenseKernelsTest extends DenseKernelsConformance {

    @Override
    protected DenseKernels kernels(Parallel parallel) {
        return new VectorDenseKernels(parallel, new TiledGemm(new VectorTileProducts()), VectorDenseKernels::loops);
    }
}
