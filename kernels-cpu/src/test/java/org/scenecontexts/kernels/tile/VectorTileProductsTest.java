package org.scenecontexts.kernels.tile;

import org.scenecontexts.kernels.vector.VectorTileProducts;

class VectorTileProductsTest extends TileProductsTest {

    private static final TileProducts PRODUCTS = new VectorTileProducts();

    @Override
    TileProducts products() {
        return PRODUCTS;
    }
}
