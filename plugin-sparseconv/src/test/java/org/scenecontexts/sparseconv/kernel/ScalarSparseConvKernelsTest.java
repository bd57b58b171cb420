package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.api.engine.Parallel;

class ScalarSparseConvKernelsTest extends SparseConvKernelsTest {

    @Override
    SparseConvKernels kernels(Parallel parallel) {
        return new ScalarSparseConvKernels(parallel);
    }
}
