package org.scenecontexts.pointnet2.kernel;

import com.aparapi.Kernel;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.opencl.DeviceFailure;
import org.scenecontexts.opencl.Launcher;
import org.scenecontexts.pointnet2.kernel.opencl.OffloadedPointKernels;
import org.scenecontexts.pointnet2.kernel.opencl.OpenClPointKernels;
import org.scenecontexts.pointnet2.kernel.opencl.PointRules;

/** With a device that translates everything and then runs nothing: all results are those of the processor. */
class OffloadedPointKernelsTest extends PointKernelsTest {

    /** A new one each time, so that each operator in turn is the one that meets the failure. */
    @Override
    PointKernels kernels() {
        return new OffloadedPointKernels(
                new OpenClPointKernels(new FullDevice()),
                new IndexedPointKernels(Parallel.sequential()),
                PointRules.always());
    }

    private static final class FullDevice implements Launcher {
        @Override
        public String device() {
            return "full";
        }

        @Override
        public boolean accelerator() {
            return true;
        }

        @Override
        public int maxGroup(Kernel kernel) {
            return 256;
        }

        @Override
        public void prepare(Kernel kernel) {}

        @Override
        public void run(Kernel kernel, int items) {
            throw new DeviceFailure("out of memory");
        }

        @Override
        public void runGroups(Kernel kernel, int groups, int size) {
            throw new DeviceFailure("out of memory");
        }
    }
}
