package org.scenecontexts.sparseconv.kernel.tiled;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.FloatPool;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.kernels.tile.TileProducts;
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
     * @param parallel threads to work on
     */
    public TiledSparseConvKernels(TileProducts tiles, Parallel parallel) {
        FloatPool pool = new FloatPool();
        this.tiles = tiles;
        product = new PairProduct(tiles, pool, parallel);
        weightGradient = new WeightGradient(tiles, pool, parallel);
    }

    @Override
    public String name() {
        return tiles.name();
    }

    @Override
    public void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        ConvArguments.check(map, in, cin, weights, cout, out);
        product.run(map, in, cin, weights, false, cout, out);
    }

    @Override
    public void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
        ConvArguments.check(map, gradIn, cin, weights, cout, gradOut);
        product.run(map.inverse(), gradOut, cout, weights, true, cin, gradIn);
    }

    @Override
    public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        weightGradient.run(map, in, cin, gradOut, cout, gradWeights);
    }
}
