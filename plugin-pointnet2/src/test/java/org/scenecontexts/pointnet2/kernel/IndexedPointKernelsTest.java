package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.Parallel;

class IndexedPointKernelsTest extends PointKernelsTest {
    @Override
    PointKernels kernels() {
        return new IndexedPointKernels(Parallel.sequential());
    }
}
