package org.scenecontexts.sparseconv.conv;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.kernel.SparseConvKernelsChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the fastest sparse-convolution kernels that this Java can run to the CPU engine.
 *
 * @since 0.1
 */
@Extension
public final class CpuKernelProvider implements KernelProvider<SparseConvKernels> {

    private static final Logger log = LoggerFactory.getLogger(CpuKernelProvider.class);

    @Override
    public Class<SparseConvKernels> type() {
        return SparseConvKernels.class;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public SparseConvKernels create(TensorEngine engine) {
        SparseConvKernelsChoice choice = SparseConvKernelsChoice.forThisMachine(engine.parallel());
        log.info("{}", choice.reason());
        return choice.kernels();
    }
}
