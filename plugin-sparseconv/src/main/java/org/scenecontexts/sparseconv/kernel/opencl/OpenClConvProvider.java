package org.scenecontexts.sparseconv.kernel.opencl;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.opencl.Link;
import org.scenecontexts.opencl.OffloadingProvider;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.kernel.SparseConvKernelsChoice;

/**
 * Offers sparse convolution for {@code device: aparapi}.
 *
 * @since 0.1
 */
@Extension
public final class OpenClConvProvider extends OffloadingProvider<SparseConvKernels, ConvRules> {

    public OpenClConvProvider() {
        super(SparseConvKernels.class, "sparse convolution");
    }

    @Override
    protected SparseConvKernels onCpu(Parallel parallel) {
        return SparseConvKernelsChoice.forThisMachine(parallel).kernels();
    }

    @Override
    protected SparseConvKernels onDevice(ClLauncher launcher) {
        return new OpenClSparseConvKernels(launcher);
    }

    @Override
    protected ConvRules always() {
        return ConvRules.always();
    }

    @Override
    protected ConvRules measure(Link link, SparseConvKernels onDevice, SparseConvKernels onCpu, Parallel parallel) {
        return ConvRules.measure(link, onDevice, onCpu);
    }

    @Override
    protected SparseConvKernels offloaded(SparseConvKernels onDevice, SparseConvKernels onCpu, ConvRules rules) {
        return new OffloadedSparseConvKernels(onDevice, onCpu, rules);
    }
}
