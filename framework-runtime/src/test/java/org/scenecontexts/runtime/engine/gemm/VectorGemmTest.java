package org.scenecontexts.runtime.engine.gemm;

import org.scenecontexts.runtime.engine.gemm.vector.VectorGemm;

class VectorGemmTest extends GemmTest {

    // One instance for all tests: scratch memory that one call leaves behind must not show in the next.
    private static final Gemm GEMM = new VectorGemm();

    @Override
    Gemm gemm() {
        return GEMM;
    }
}
