package org.scenecontexts.kernels.tile;

class ScalarTileProductsTest extends TileProductsTest {

    private static final TileProducts PRODUCTS = new ScalarTileProducts();

    @Override
    TileProducts products() {
        return PRODUCTS;
    }
}
