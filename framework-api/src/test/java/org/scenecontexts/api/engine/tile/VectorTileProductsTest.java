package org.scenecontexts.api.engine.tile;

import org.scenecontexts.api.engine.tile.vector.VectorTileProducts;

class VectorTileProductsTest extends TileProductsTest {

    private static final TileProducts PRODUCTS = new VectorTileProducts();

    @Override
    TileProducts products() {
        return PRODUCTS;
    }
}
