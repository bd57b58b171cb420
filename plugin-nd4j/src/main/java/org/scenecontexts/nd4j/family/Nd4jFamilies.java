package org.scenecontexts.nd4j.family;

import java.util.Map;
import java.util.Optional;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.kernel.BatchedProductKernels;
import org.scenecontexts.api.engine.kernel.DropoutKernels;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.LayoutKernels;
import org.scenecontexts.api.engine.kernel.LossKernels;
import org.scenecontexts.api.engine.kernel.NormKernels;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.engine.kernel.SoftmaxKernels;

/** This engine's kernels of every family of the API. */
public final class Nd4jFamilies {

    private final Map<Class<?>, Object> families;

    /** @param parallel threads for loops */
    public Nd4jFamilies(Parallel parallel) {
        Nd4jLayout layout = new Nd4jLayout();
        families = Map.of(
                PointwiseKernels.class, new Nd4jPointwise(parallel),
                GroupKernels.class, new Nd4jGroups(parallel),
                SoftmaxKernels.class, new Nd4jSoftmax(parallel),
                LayoutKernels.class, layout,
                BatchedProductKernels.class, layout,
                NormKernels.class, new Nd4jNorms(parallel),
                DropoutKernels.class, new Nd4jDropout(parallel),
                LossKernels.class, new Nd4jLosses(parallel));
    }

    /** The kernels of a family, if it is one of the API's. */
    public Optional<Object> find(Class<?> type) {
        return Optional.ofNullable(families.get(type));
    }
}
