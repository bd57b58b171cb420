package org.scenecontexts.engine.cpu;

import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.gemm.ScalarGemm;
import org.scenecontexts.testkit.DenseKernelsConformance;

class ScalarDenseKernelsTest extends DenseKernelsConformance {

    @Override
    protected DenseKernels kernels(Parallel parallel) {
        return new ScalarDenseKernels(parallel, new ScalarGemm());
    }
}
