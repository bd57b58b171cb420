package org.scenecontexts.pointnet2.net;

import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * From which known points a feature at other points is made.
 *
 * @param queries number of those points
 * @param index three rows of known points each, {@code [queries, 3]}
 * @param weights {@code [queries, 3]}, adding up to 1
 */
record Interpolation(int queries, int[] index, float[] weights) {

    static Interpolation of(PointKernels kernels, PointSets known, PointSets queries) {
        int[] index = new int[3 * queries.rows()];
        float[] squared = new float[3 * queries.rows()];
        kernels.threeNearest(known, queries, index, squared);
        return new Interpolation(queries.rows(), index, PointKernels.inverseDistanceWeights(queries.rows(), squared));
    }
}
