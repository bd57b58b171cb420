package org.scenecontexts.pointnet2.kernel;

import java.util.List;
import org.scenecontexts.engine.cpu.CpuEngine;
import org.scenecontexts.pointnet2.kernel.composed.ComposedPointKernels;

/** The point operators out of dense kernels and families, on the processor's. */
class ComposedPointKernelsTest extends PointKernelsTest {

    @Override
    PointKernels kernels() {
        return new ComposedPointKernels(new CpuEngine(1, List.of(new CpuPointKernels())));
    }
}
