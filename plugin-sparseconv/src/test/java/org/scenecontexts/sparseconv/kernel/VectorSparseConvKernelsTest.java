package org.scenecontexts.sparseconv.kernel;

import org.scenecontexts.sparseconv.kernel.vector.VectorSparseConvKernels;

class VectorSparseConvKernelsTest extends SparseConvKernelsTest {

    // One instance for all tests: scratch memory that one call leaves behind must not show in the next.
    private static final SparseConvKernels KERNELS = new VectorSparseConvKernels();

    @Override
    SparseConvKernels kernels() {
        return KERNELS;
    }
}
