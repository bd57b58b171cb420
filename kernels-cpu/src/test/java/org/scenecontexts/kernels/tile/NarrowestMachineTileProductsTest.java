package org.scenecontexts.kernels.tile;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.scenecontexts.kernels.machine.MachineTileProducts;

class NarrowestMachineTileProductsTest extends TileProductsTest {

    private static TileProducts products;

    @BeforeAll
    static void needsAProcessorThatCodeIsWrittenFor() {
        try {
            products = MachineTileProducts.all().getFirst();
        } catch (UnsupportedOperationException e) {
            Assumptions.abort("no generated code here: " + e.getMessage());
        }
    }

    @Override
    TileProducts products() {
        return products;
    }
}
