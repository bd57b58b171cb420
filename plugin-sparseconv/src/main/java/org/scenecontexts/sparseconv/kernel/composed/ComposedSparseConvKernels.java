package org.scenecontexts.sparseconv.kernel.composed;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.sparseconv.kernel.ConvArguments;
import org.scenecontexts.sparseconv.kernel.SparseConvKernels;
import org.scenecontexts.sparseconv.map.KernelMap;

/**
 * Sparse convolution out of an engine's dense kernels: for each list of a map the rows are gathered, multiplied with their
 * weight slice and added where they belong. Slower than kernels that do all in one pass, and right wherever values lie.
 *
 * <p>Lists follow one another, so that sums have the order of the lists; the same bits every time where the engine's dense
 * kernels give them.
 *
 * @since 0.2
 */
public final class ComposedSparseConvKernels implements SparseConvKernels {

    private final TensorEngine engine;
    private final DenseKernels dense;

    /** What is kept with a map for these kernels. */
    private record Key(Object kernels) {}

    /** @param engine whose dense kernels compute */
    public ComposedSparseConvKernels(TensorEngine engine) {
        this.engine = engine;
        dense = engine.dense();
    }

    @Override
    public String name() {
        return "composed";
    }

    private ListRows rows(KernelMap map) {
        return map.derived(new Key(this), ListRows.class, m -> ListRows.of(engine, m));
    }

    private static Buffer slice(KernelMap map, int list, Buffer weights, int size) {
        return weights.slice(map.slice(list) * size, size);
    }

    @Override
    public void forward(KernelMap map, Buffer in, int cin, Buffer weights, int cout, Buffer out) {
        ConvArguments.check(map, in, cin, weights, cout, out);
        convolve(map, in, cin, weights, cout, false, out);
    }

    @Override
    public void inputGradient(KernelMap map, Buffer gradOut, int cout, Buffer weights, int cin, Buffer gradIn) {
        ConvArguments.check(map, gradIn, cin, weights, cout, gradOut);
        convolve(map.inverse(), gradOut, cout, weights, cin, true, gradIn);
    }

    /** @param transposed whether the weights lie with their output channels first, seen from here */
    private void convolve(KernelMap map, Buffer in, int cin, Buffer weights, int cout, boolean transposed, Buffer out) {
        ListRows rows = rows(map);
        int first = map.identityFirst() ? 1 : 0;
        if (first == 0) {
            dense.fill(map.outRows() * cout, 0, out);
        } else {
            // Each row with itself: nothing to gather.
            Buffer weight = slice(map, 0, weights, cin * cout);
            dense.gemm(false, transposed, map.outRows(), cout, cin, in, weight, out, false);
        }
        Buffer gathered = engine.buffers().take(Math.max(1, Math.multiplyExact(rows.most(), cin)));
        Buffer products = engine.buffers().take(Math.max(1, Math.multiplyExact(rows.most(), cout)));
        for (int list = first; list < map.lists(); list++) {
            int count = rows.in().get(list).length();
            if (count > 0) {
                Buffer weight = slice(map, list, weights, cin * cout);
                dense.gatherRows(count, cin, in, rows.in().get(list), gathered);
                dense.gemm(false, transposed, count, cout, cin, gathered, weight, products, false);
                dense.scatterAddRows(count, cout, products, rows.out().get(list), map.outRows(), out);
            }
        }
        engine.buffers().give(gathered);
        engine.buffers().give(products);
    }

    @Override
    public void weightGradient(KernelMap map, Buffer in, int cin, Buffer gradOut, int cout, Buffer gradWeights) {
        ConvArguments.check(map, in, cin, gradWeights, cout, gradOut);
        ListRows rows = rows(map);
        Buffer inputs = engine.buffers().take(Math.max(1, Math.multiplyExact(rows.most(), cin)));
        Buffer outputs = engine.buffers().take(Math.max(1, Math.multiplyExact(rows.most(), cout)));
        for (int list = 0; list < map.lists(); list++) {
            int count = rows.in().get(list).length();
            Buffer gradient = slice(map, list, gradWeights, cin * cout);
            dense.gatherRows(count, cin, in, rows.in().get(list), inputs);
            dense.gatherRows(count, cout, gradOut, rows.out().get(list), outputs);
            dense.gemm(true, false, cin, cout, count, inputs, outputs, gradient, false);
        }
        engine.buffers().give(inputs);
        engine.buffers().give(outputs);
    }
}
