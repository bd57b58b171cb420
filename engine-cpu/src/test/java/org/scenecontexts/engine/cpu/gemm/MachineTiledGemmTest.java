package org.scenecontexts.engine.cpu.gemm;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.scenecontexts.kernels.machine.MachineTileProducts;

class MachineTiledGemmTest extends GemmTest {

    private static Gemm gemm;

    @BeforeAll
    static void needsAProcessorThatCodeIsWrittenFor() {
        try {
            gemm = new TiledGemm(MachineTileProducts.widest());
        } catch (UnsupportedOperationException e) {
            Assumptions.abort("no generated code here: " + e.getMessage());
        }
    }

    @Override
    Gemm gemm() {
        return gemm;
    }
}
