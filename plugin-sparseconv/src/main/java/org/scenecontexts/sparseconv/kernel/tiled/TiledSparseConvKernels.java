package org.scenecontexts.sparseconv.kernel.tiled;

import org.scenecontexts.api.engine.FloatPool;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.tile.TileProducts;
import org.scenecontexts.sparseconv.kernel.ConvArguments;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Computes sparse convolutions over register tiles, at a rate close to that of dense matrix products.
 *
 * <p>Rows are read and written through the kernel map. A piece of work is a block of output rows, cut further by columns
 * where there are few rows, so the split depends on shapes only.
 *
 * @since 0.1
 */
public final class TiledSparseConvKernels implements SparseConvKernels {

    private final TileProducts tiles;
    private final PairProduct product;
    private final WeightGradient weightGradient;

    /**
     * @param tiles does the sums
     */
    public TiledSparseConvKernels(TileProducts tiles) {
        FloatPool pool = new FloatPool();
        this.tiles = tiles;
        product = new PairProduct(tiles, pool);
        weightGradient = new WeightGradient(tiles, pool);
    }

    @Override
    public String name() {
        return tiles.name();
    }

    @Override
    public void forward(KernelMap map, float[] in, int cin, float[] weights, int cout, float[] out, Parallel parallel) {
        ConvArguments.check(map, in, cin, weights, cout, out);
        product.run(map, in, cin, weights, false, cout, out, parallel);
    }

    @Override
    public void inputGradient(
            KernelMap map, float[] gradOut, int cout, float[] weights, int cin, float[] gradIn, Parallel parallel) {
        ConvArguments.check(map, gradIn, cin, weights, cout, gradOut);
        product.run(map.inverse(), gradOut, cout, weights, true, cin, gradIn, parallel);
    }

    @Override
    public void weightGradient(
            KernelMap map, float[] in, int cin, float[] gradOut, int cout, float[] gradWeights, Parallel parallel) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        weightGradient.run(map, in, cin, gradOut, cout, gradWeights, parallel);
    }
}
