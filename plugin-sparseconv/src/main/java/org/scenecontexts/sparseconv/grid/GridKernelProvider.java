package org.scenecontexts.sparseconv.grid;

import org.pf4j.Extension;
import org.scenecontexts.api.engine.KernelProvider;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.grid.GridKernels;

/**
 * Offers sparse convolution to every plugin, on the CPU engine.
 *
 * @since 0.2
 */
@Extension
public class GridKernelProvider implements KernelProvider<GridKernels> {

    @Override
    public final Class<GridKernels> type() {
        return GridKernels.class;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public final GridKernels create(TensorEngine engine) {
        return new MappedGridKernels(engine);
    }

    /**
     * Offers the same to the engine that offloads: the kernels below are that device's.
     *
     * @since 0.2
     */
    @Extension
    public static final class OnAparapi extends GridKernelProvider {
        @Override
        public String device() {
            return "aparapi";
        }
    }

    /**
     * Offers the same to the engine whose values stay on the device, so that grids of other plugins are convolved there.
     *
     * @since 0.2
     */
    @Extension
    public static final class OnOpenCl extends GridKernelProvider {
        @Override
        public String device() {
            return "opencl";
        }
    }

    /**
     * Offers the same to every engine with memory of its own that has no other: the kernels below are composed of its dense
     * ones.
     *
     * @since 0.2
     */
    @Extension
    public static final class Composed extends GridKernelProvider {
        @Override
        public String device() {
            return COMPOSED;
        }
    }
}
