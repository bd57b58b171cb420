package org.scenecontexts.pointnet2.kernel.opencl;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.opencl.ClLauncher;
import org.scenecontexts.opencl.Link;
import org.scenecontexts.opencl.OffloadingProvider;
import org.scenecontexts.pointnet2.kernel.IndexedPointKernels;
import org.scenecontexts.pointnet2.kernel.PointKernels;

/**
 * Offers the point operators for {@code device: aparapi}.
 *
 * @since 0.1
 */
@Extension
public final class OpenClPointProvider extends OffloadingProvider<PointKernels, PointRules> {

    public OpenClPointProvider() {
        super(PointKernels.class, "point operators");
    }

    @Override
    protected PointKernels onCpu(Parallel parallel) {
        return new IndexedPointKernels(parallel);
    }

    @Override
    protected PointKernels onDevice(ClLauncher launcher) {
        return new OpenClPointKernels(launcher);
    }

    @Override
    protected PointRules always() {
        return PointRules.always();
    }

    @Override
    protected PointRules measure(Link link, PointKernels onDevice, PointKernels onCpu, Parallel parallel) {
        return PointRules.measure(link, onDevice, onCpu);
    }

    @Override
    protected PointKernels offloaded(PointKernels onDevice, PointKernels onCpu, PointRules rules) {
        return new OffloadedPointKernels(onDevice, onCpu, rules);
    }
}
