package org.scenecontexts.pointnet2.kernel;

import static org.scenecontexts.api.engine.HeapBuffer.of;

import org.scenecontexts.api.engine.HeapIndices;
import org.scenecontexts.api.engine.Indices;

/** The point operators on arrays. */
public record HostPoints(PointKernels kernels) {

    private static Indices rows(int[] values) {
        return HeapIndices.over(values, values.length, Integer.MAX_VALUE, () -> {});
    }

    void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, int[] out) {
        kernels.farthestPoints(points, picks, skipNearOrigin, rows(out));
    }

    void ballQuery(PointSets points, PointSets centres, float radius, int samples, int[] out) {
        kernels.ballQuery(points, centres, radius, samples, rows(out));
    }

    void threeNearest(PointSets known, PointSets queries, int[] index, float[] squared) {
        kernels.threeNearest(known, queries, rows(index), of(squared));
    }

    void group(
            PointSets points,
            PointSets centres,
            int samples,
            int[] index,
            float scale,
            int channels,
            float[] features,
            float[] out) {
        kernels.group(points, centres, samples, rows(index), scale, channels, of(features), of(out));
    }

    void groupBackward(int count, int rows, int[] index, int channels, float[] gradOut, float[] gradFeatures) {
        kernels.groupBackward(count, rows, rows(index), channels, of(gradOut), of(gradFeatures));
    }

    void interpolate(int count, int channels, int[] index, float[] weights, float[] features, float[] out) {
        kernels.interpolate(count, channels, rows(index), of(weights), of(features), of(out));
    }

    void interpolateBackward(
            int count, int rows, int channels, int[] index, float[] weights, float[] gradOut, float[] gradFeatures) {
        kernels.interpolateBackward(count, rows, channels, rows(index), of(weights), of(gradOut), of(gradFeatures));
    }

    float[] inverseDistanceWeights(int count, float[] squared) {
        float[] weights = new float[3 * count];
        kernels.inverseDistanceWeights(count, of(squared), of(weights));
        return weights;
    }
}
