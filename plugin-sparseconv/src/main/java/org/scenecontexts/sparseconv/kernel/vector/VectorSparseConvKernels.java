package org.scenecontexts.sparseconv.kernel.vector;

import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.engine.vector.Tiles;
import org.scenecontexts.sparseconv.kernel.ConvArguments;
import org.scenecontexts.sparseconv.kernel.FloatPool;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Computes sparse convolutions with register tiles of the Vector API, at a rate close to that of dense matrix products.
 *
 * <p>Rows are read and written in place through the kernel map: nothing is gathered or scattered. A piece of work is a
 * block of output rows, cut further by columns where there are few rows, so the split depends on shapes only.
 *
 * @since 0.1
 */
public final class VectorSparseConvKernels implements SparseConvKernels {

    private final FloatPool pool = new FloatPool();
    private final PairProduct product = new PairProduct(pool);
    private final WeightGradient weightGradient = new WeightGradient(pool);

    /** Bits of the vectors that this machine prefers. */
    public static int vectorBits() {
        return Tiles.SPECIES.vectorBitSize();
    }

    @Override
    public String name() {
        return "vector-" + vectorBits();
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
