package org.scenecontexts.engine.cpu.gemm;

import org.scenecontexts.kernels.tile.ScalarTileProducts;

class ScalarTiledGemmTest extends GemmTest {

    // One instance for all tests: scratch memory that one call leaves behind must not show in the next.
    private static final Gemm GEMM = new TiledGemm(new ScalarTileProducts());

    @Override
    Gemm gemm() {
        return GEMM;
    }
}
