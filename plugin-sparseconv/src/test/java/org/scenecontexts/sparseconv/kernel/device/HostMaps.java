package org.scenecontexts.sparseconv.kernel.device;

import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;

/** The kernels of {@code device: opencl} over maps whose pairs the host finds. */
public final class HostMaps implements KernelProvider<SparseConvKernels> {

    @Override
    public Class<SparseConvKernels> type() {
        return SparseConvKernels.class;
    }

    @Override
    public String device() {
        return "opencl";
    }

    @Override
    public SparseConvKernels create(TensorEngine engine) {
        DevicePrograms programs = DevicePrograms.of(engine);
        return new DeviceSparseConvKernels(
                engine,
                programs,
                new WideTiles(programs.limits()),
                new MatrixTiles(programs.limits(), programs.operands()),
                false);
    }
}
