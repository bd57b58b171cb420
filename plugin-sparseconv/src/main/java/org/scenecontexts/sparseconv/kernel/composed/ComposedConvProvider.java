package org.scenecontexts.sparseconv.kernel.composed;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;

/**
 * Offers sparse convolution to every engine with memory of its own.
 *
 * @since 0.2
 */
@Extension
public final class ComposedConvProvider implements KernelProvider<SparseConvKernels> {

    @Override
    public Class<SparseConvKernels> type() {
        return SparseConvKernels.class;
    }

    @Override
    public String device() {
        return COMPOSED;
    }

    @Override
    public SparseConvKernels create(TensorEngine engine) {
        return new ComposedSparseConvKernels(engine);
    }
}
