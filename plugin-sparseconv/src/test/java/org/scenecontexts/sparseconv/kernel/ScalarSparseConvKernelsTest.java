package org.scenecontexts.sparseconv.kernel;

class ScalarSparseConvKernelsTest extends SparseConvKernelsTest {

    @Override
    SparseConvKernels kernels() {
        return new ScalarSparseConvKernels();
    }
}
