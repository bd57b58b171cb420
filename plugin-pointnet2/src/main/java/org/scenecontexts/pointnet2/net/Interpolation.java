package org.scenecontexts.pointnet2.net;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * From which known points a feature at other points is made.
 *
 * @param queries number of those points
 * @param index three rows of known points each, {@code [queries, 3]}
 * @param weights {@code [queries, 3]}, adding up to 1
 */
record Interpolation(int queries, Indices index, Buffer weights) {

    static Interpolation of(TensorEngine engine, PointSets known, PointSets queries) {
        PointKernels kernels = engine.kernel(PointKernels.class);
        int count = queries.rows();
        Indices index = engine.buffers().takeIndices(3 * count, known.rows());
        Buffer weights = engine.buffers().take(3 * count);
        kernels.threeNearest(known, queries, index, weights);
        kernels.inverseDistanceWeights(count, weights, weights);
        return new Interpolation(count, index, weights);
    }

    /** Gives everything back. */
    void release(TensorEngine engine) {
        index.release();
        engine.buffers().give(weights);
    }
}
