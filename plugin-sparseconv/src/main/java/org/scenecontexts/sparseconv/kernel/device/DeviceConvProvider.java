package org.scenecontexts.sparseconv.kernel.device;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;

/**
 * Offers sparse convolution to {@code device: opencl}.
 *
 * @since 0.2
 */
@Extension
public final class DeviceConvProvider implements KernelProvider<SparseConvKernels> {

    private static final String DEVICE = "opencl";

    @Override
    public Class<SparseConvKernels> type() {
        return SparseConvKernels.class;
    }

    @Override
    public String device() {
        return DEVICE;
    }

    @Override
    public SparseConvKernels create(TensorEngine engine) {
        return new DeviceSparseConvKernels(engine, DevicePrograms.of(engine));
    }
}
