package org.scenecontexts.engine.cpu;

import org.scenecontexts.api.engine.BorrowedKernels;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.engine.cpu.gemm.ScalarGemm;
import org.scenecontexts.testkit.DenseKernelsConformance;
import org.scenecontexts.testkit.HostDense;
import org.scenecontexts.testkit.OpaqueEngine;

/** The processor's kernels lent to a device without arrays: every primitive marks all that it writes. */
class OpaqueDenseKernelsTest extends DenseKernelsConformance {

    @Override
    protected DenseKernels kernels(Parallel parallel) {
        DenseKernels own = new ScalarDenseKernels(parallel, new ScalarGemm());
        return BorrowedKernels.of(DenseKernels.class, own, "opaque", new BorrowedKernels.Crossings());
    }

    @Override
    protected HostDense host(Parallel parallel) {
        return new HostDense(kernels(parallel), OpaqueEngine::upload, OpaqueEngine::upload);
    }
}
