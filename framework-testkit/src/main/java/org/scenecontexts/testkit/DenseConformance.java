package org.scenecontexts.testkit;

import org.junit.jupiter.api.BeforeEach;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;

/** The kernels that the parts of {@link DenseKernelsConformance} check, and how near to double precision they come. */
abstract class DenseConformance {

    static final double TOLERANCE = 1e-5;
    static final float[] NONE = {};

    HostDense kernels;

    @BeforeEach
    void prepareKernels() {
        kernels = host(Parallel.sequential());
    }

    /** Kernels that compute on these threads. */
    protected abstract DenseKernels kernels(Parallel parallel);

    /** The kernels as they are called here. */
    protected abstract HostDense host(Parallel parallel);
}
