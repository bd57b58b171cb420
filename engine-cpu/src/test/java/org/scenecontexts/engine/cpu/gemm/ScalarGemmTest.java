package org.scenecontexts.engine.cpu.gemm;

class ScalarGemmTest extends GemmTest {

    @Override
    Gemm gemm() {
        return new ScalarGemm();
    }
}
