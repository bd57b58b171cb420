package org.scenecontexts.runtime.engine.gemm;

class ScalarGemmTest extends GemmTest {

    @Override
    Gemm gemm() {
        return new ScalarGemm();
    }
}
