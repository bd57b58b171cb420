package org.scenecontexts.pointnet2.kernel;

class ScalarPointKernelsTest extends PointKernelsTest {
    @Override
    PointKernels kernels() {
        return new ScalarPointKernels();
    }
}
