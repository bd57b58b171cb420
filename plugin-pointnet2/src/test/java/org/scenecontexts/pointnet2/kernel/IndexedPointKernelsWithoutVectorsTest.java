package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.Parallel;

/** As on a machine without the vector module. */
class IndexedPointKernelsWithoutVectorsTest extends PointKernelsTest {
    @Override
    PointKernels kernels() {
        return new IndexedPointKernels(Parallel.sequential(), new ScalarBallScan());
    }
}
