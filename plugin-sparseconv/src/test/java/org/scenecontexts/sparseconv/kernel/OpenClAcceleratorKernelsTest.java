package org.scenecontexts.sparseconv.kernel;

import com.aparapi.Kernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.opencl.ClDevices;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.opencl.Launcher;
import org.scenecontexts.sparseconv.kernel.opencl.OpenClSparseConvKernels;

/** The kernels and the split of work that accelerators get, on whatever device there is. */
class OpenClAcceleratorKernelsTest extends SparseConvKernelsTest {

    private static SparseConvKernels kernels;

    @BeforeAll
    static void findDevice() {
        try {
            kernels = new OpenClSparseConvKernels(new AsAccelerator(new ClLauncher(ClDevices.choose(""))));
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @Override
    SparseConvKernels kernels(Parallel parallel) {
        return kernels;
    }

    private record AsAccelerator(Launcher launcher) implements Launcher {
        @Override
        public String device() {
            return launcher.device();
        }

        @Override
        public boolean accelerator() {
            return true;
        }

        @Override
        public int maxGroup(Kernel kernel) {
            return launcher.maxGroup(kernel);
        }

        @Override
        public void prepare(Kernel kernel) {
            launcher.prepare(kernel);
        }

        @Override
        public void run(Kernel kernel, int items) {
            launcher.run(kernel, items);
        }

        @Override
        public void runGroups(Kernel kernel, int groups, int size) {
            launcher.runGroups(kernel, groups, size);
        }
    }
}
