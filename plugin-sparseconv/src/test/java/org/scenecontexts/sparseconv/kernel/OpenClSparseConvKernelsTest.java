package org.scenecontexts.sparseconv.kernel;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.opencl.ClDevices;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.sparseconv.kernel.opencl.OpenClSparseConvKernels;

/** Every call on the OpenCL device that this machine prefers; skipped, with the reason, where there is none. */
class OpenClSparseConvKernelsTest extends SparseConvKernelsTest {

    private static SparseConvKernels kernels;

    @BeforeAll
    static void findDevice() {
        try {
            kernels = new OpenClSparseConvKernels(new ClLauncher(ClDevices.choose("")));
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @Override
    SparseConvKernels kernels(Parallel parallel) {
        return kernels;
    }
}
