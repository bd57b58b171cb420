package org.scenecontexts.pointnet2.kernel.composed;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * The point operators out of an engine's dense kernels and families. Who is whose neighbour is found by the processor, once per
 * batch: only positions are copied for that, and rows come back. Features stay where they are.
 *
 * @since 0.2
 */
public final class ComposedPointKernels implements PointKernels {

    private static final int AXES = 3;
    private static final int TERMS = 3;

    /** What is added to distances before they divide (REFERENCE 2.3). */
    private static final float EPSILON = 1e-8f;

    private final TensorEngine engine;
    private final DenseKernels dense;
    private final GroupKernels groups;
    private final PointwiseKernels pointwise;
    private final PointKernels searches;

    /** @param engine whose kernels compute */
    public ComposedPointKernels(TensorEngine engine) {
        this.engine = engine;
        dense = engine.dense();
        groups = engine.kernel(GroupKernels.class);
        pointwise = engine.kernel(PointwiseKernels.class);
        searches = engine.borrowed(PointKernels.class);
    }

    @Override
    public String description() {
        return "composed of the kernels of '" + engine.name() + "', searches by the processor";
    }

    @Override
    public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, Indices out) {
        searches.farthestPoints(points, picks, skipNearOrigin, out);
    }

    @Override
    public void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
        searches.ballQuery(points, centres, radius, samples, out);
    }

    @Override
    public void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
        searches.threeNearest(known, queries, index, squared);
    }

    private Buffer take(int rows, int columns) {
        return engine.buffers().take(Math.max(1, Math.multiplyExact(rows, columns)));
    }

    private void give(Buffer buffer) {
        engine.buffers().give(buffer);
    }

    @Override
    public void group(
            PointSets points,
            PointSets centres,
            int samples,
            Indices index,
            float scale,
            int channels,
            Buffer features,
            Buffer out) {
        int count = Math.multiplyExact(centres.rows(), samples);
        Groups perCentre = new Groups.Equal(centres.rows(), samples);
        int width = AXES + channels;
        Buffer places = take(count, AXES);
        Buffer away = take(centres.rows(), AXES);
        dense.gatherRows(count, AXES, points.xyz(), index, places);
        dense.scale(AXES * centres.rows(), -1, centres.xyz(), away);
        groups.add(perCentre, AXES, places, away, places);
        if (scale != 1) {
            // Divided, as everywhere: the product with the inverse would be rounded twice.
            Buffer scales = take(count, AXES);
            dense.fill(AXES * count, scale, scales);
            pointwise.divide(AXES * count, places, scales, places);
            give(scales);
        }
        dense.copyColumnsIn(count, AXES, places, width, 0, out);
        give(away);
        give(places);
        if (channels > 0) {
            Buffer gathered = take(count, channels);
            dense.gatherRows(count, channels, features, index, gathered);
            dense.copyColumnsIn(count, channels, gathered, width, AXES, out);
            give(gathered);
        }
    }

    @Override
    public void groupBackward(int count, int rows, Indices index, int channels, Buffer gradOut, Buffer gradFeatures) {
        Buffer ofFeatures = take(count, channels);
        dense.copyColumnsOut(count, channels, gradOut, AXES + channels, AXES, ofFeatures);
        dense.fill(rows * channels, 0, gradFeatures);
        dense.scatterAddRows(count, channels, ofFeatures, index, rows, gradFeatures);
        give(ofFeatures);
    }

    @Override
    public void interpolate(int count, int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
        Buffer gathered = take(TERMS * count, channels);
        dense.gatherRows(TERMS * count, channels, features, index, gathered);
        groups.multiply(new Groups.Equal(TERMS * count, channels), 1, gathered, weights, gathered);
        groups.sum(new Groups.Equal(count, TERMS), channels, false, gathered, out, false);
        give(gathered);
    }

    @Override
    public void interpolateBackward(
            int count, int rows, int channels, Indices index, Buffer weights, Buffer gradOut, Buffer gradFeatures) {
        Buffer spread = take(TERMS * count, channels);
        groups.spread(new Groups.Equal(count, TERMS), channels, false, gradOut, spread);
        groups.multiply(new Groups.Equal(TERMS * count, channels), 1, spread, weights, spread);
        dense.fill(rows * channels, 0, gradFeatures);
        dense.scatterAddRows(TERMS * count, channels, spread, index, rows, gradFeatures);
        give(spread);
    }

    @Override
    public void inverseDistanceWeights(int count, Buffer squared, Buffer weights) {
        Buffer sums = take(count, 1);
        pointwise.apply(Pointwise.SQRT, TERMS * count, 0, squared, weights);
        pointwise.shift(TERMS * count, EPSILON, weights, weights);
        pointwise.apply(Pointwise.RECIPROCAL, TERMS * count, 0, weights, weights);
        groups.sum(new Groups.Equal(count, TERMS), 1, false, weights, sums, false);
        pointwise.apply(Pointwise.RECIPROCAL, count, 0, sums, sums);
        groups.multiply(new Groups.Equal(count, TERMS), 1, weights, sums, weights);
        give(sums);
    }
}
