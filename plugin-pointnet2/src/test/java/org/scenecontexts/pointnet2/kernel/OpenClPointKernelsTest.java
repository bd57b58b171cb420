package org.scenecontexts.pointnet2.kernel;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.scenecontexts.opencl.ClDevices;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.pointnet2.kernel.opencl.OpenClPointKernels;

/** Every call on the OpenCL device that this machine prefers; skipped, with the reason, where there is none. */
class OpenClPointKernelsTest extends PointKernelsTest {

    private static PointKernels kernels;

    @BeforeAll
    static void findDevice() {
        try {
            kernels = new OpenClPointKernels(new ClLauncher(ClDevices.choose("")));
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @Override
    PointKernels kernels() {
        return kernels;
    }
}
