package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Written;

/**
 * The operators that PointNet++ adds to dense arithmetic, so that a device can bring its own.
 *
 * <p>Every implementation gives the same indices, ties included (REFERENCE 2.3; arithmetic is float32 without fused
 * multiply-add). Buffers may be longer than needed, and slices; what is written shares no memory with anything else unless
 * said otherwise. Indices are rows of the whole stack, not of a scene.
 *
 * @since 0.1
 */
public interface PointKernels {

    /** A point whose squared distance from the origin is not above this is left out of sampling when asked. */
    double ORIGIN_LIMIT = 1e-3;

    /** Most threads of the published reduction, on which its ties depend. */
    int REDUCTION_WIDTH = 512;

    /** What this implementation does, for logs. */
    String description();

    /**
     * Farthest point sampling: starts at the first point of each scene and takes the point farthest from all those taken,
     * again and again. Among equals the published reduction decides: with T the largest power of two not above the number
     * of points nor above {@link #REDUCTION_WIDTH}, the smallest bit-reversed {@code k mod T}, then the smallest
     * {@code k}.
     *
     * @param picks per scene, 0 or more; where a scene has fewer points, they repeat
     * @param skipNearOrigin never choose points within {@link #ORIGIN_LIMIT} of the origin but as the first, as the
     *     published code does
     * @param out {@code [B * picks]}
     * @throws IllegalArgumentException when a scene has no points but {@code picks} is positive
     */
    void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, @Written Indices out);

    /**
     * The first {@code samples} points in order whose distance from a centre is below a radius. Where there are fewer, the
     * first fills the places that remain; where there is none, the scene's first point fills all.
     *
     * @param centres as many scenes as {@code points}, of any number of rows
     * @param radius metres, positive; compared squared, in float32, strictly
     * @param samples at least 1
     * @param out {@code [centres, samples]}
     * @throws IllegalArgumentException when a scene has centres but no points
     */
    void ballQuery(PointSets points, PointSets centres, float radius, int samples, @Written Indices out);

    /**
     * The three nearest known points, nearest first; the earlier of equals.
     *
     * @param index {@code [queries, 3]}; the scene's first row where there are fewer than three known points
     * @param squared squared distances, {@code [queries, 3]}; infinite where there are fewer
     * @throws IllegalArgumentException when a scene has queries but no known points
     */
    void threeNearest(PointSets known, PointSets queries, @Written Indices index, @Written Buffer squared);

    /**
     * What a shared perceptron sees of neighbourhoods: per neighbour its place relative to the centre in units of
     * {@code scale}, then its features.
     *
     * @param index neighbours of each centre, {@code [centres, samples]}
     * @param features {@code [points, channels]}; not read when {@code channels} is 0
     * @param scale what differences are divided by: the radius, or 1
     * @param out {@code [centres * samples, 3 + channels]}
     */
    void group(
            PointSets points,
            PointSets centres,
            int samples,
            Indices index,
            float scale,
            int channels,
            Buffer features,
            @Written Buffer out);

    /**
     * Gradient of {@link #group} with respect to the features.
     *
     * @param count {@code centres * samples}
     * @param rows number of points
     * @param gradOut {@code [count, 3 + channels]}
     * @param gradFeatures {@code [rows, channels]}; sums are taken in the order of {@code index}
     */
    void groupBackward(int count, int rows, Indices index, int channels, Buffer gradOut, @Written Buffer gradFeatures);

    /**
     * {@code out[i] = sum_j weights[i, j] * features[index[i, j]]}, three terms each.
     *
     * @param out {@code [count, channels]}
     */
    void interpolate(int count, int channels, Indices index, Buffer weights, Buffer features, @Written Buffer out);

    /**
     * Gradient of {@link #interpolate} with respect to the features.
     *
     * @param rows number of rows of {@code gradFeatures}
     * @param gradFeatures {@code [rows, channels]}; sums are taken in the order of {@code index}
     */
    void interpolateBackward(
            int count,
            int rows,
            int channels,
            Indices index,
            Buffer weights,
            Buffer gradOut,
            @Written Buffer gradFeatures);

    /**
     * Weights for {@link #interpolate}: inverse distances that add up to 1 (REFERENCE 2.3).
     *
     * @param squared squared distances, {@code [count, 3]}
     * @param weights {@code [count, 3]}; may be {@code squared}
     */
    void inverseDistanceWeights(int count, Buffer squared, @Written Buffer weights);
}
