package org.scenecontexts.pointnet2.kernel;

import org.junit.jupiter.api.AfterAll;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.TestEngines;

/** As the engine uses them. */
class IndexedPointKernelsOnThreadsTest extends PointKernelsTest {

    private static final TensorEngine ENGINE = TestEngines.cpu(3);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Override
    PointKernels kernels() {
        return ENGINE.kernel(PointKernels.class);
    }
}
