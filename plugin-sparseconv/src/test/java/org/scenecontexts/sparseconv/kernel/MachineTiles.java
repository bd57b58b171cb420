package org.scenecontexts.sparseconv.kernel;

import org.junit.jupiter.api.Assumptions;
import org.scenecontexts.kernels.machine.MachineTileProducts;
import org.scenecontexts.kernels.tile.TileProducts;

/** Generated code for tests, which are skipped where there is none. */
final class MachineTiles {

    private MachineTiles() {}

    static TileProducts orSkip() {
        try {
            return MachineTileProducts.widest();
        } catch (UnsupportedOperationException e) {
            Assumptions.abort("no generated code here: " + e.getMessage());
            throw e;
        }
    }
}
