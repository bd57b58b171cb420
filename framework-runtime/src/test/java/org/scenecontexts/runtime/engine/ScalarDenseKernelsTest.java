package org.scenecontexts.runtime.engine;

import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;

class ScalarDenseKernelsTest extends DenseKernelsConformance {

    @Override
    DenseKernels kernels(Parallel parallel) {
        return new ScalarDenseKernels(parallel);
    }
}
