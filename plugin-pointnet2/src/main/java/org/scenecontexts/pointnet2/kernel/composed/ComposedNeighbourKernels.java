package org.scenecontexts.pointnet2.kernel.composed;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DenseKernels;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.engine.kernel.GroupKernels;
import org.scenecontexts.api.engine.kernel.Groups;
import org.scenecontexts.api.engine.kernel.Pointwise;
import org.scenecontexts.api.engine.kernel.PointwiseKernels;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.point.NeighbourKernels;
import org.scenecontexts.api.point.PointRows;

/**
 * Neighbourhoods out of an engine's dense kernels and families. Who is whose neighbour is found by the processor, for which
 * positions are copied; everything that is computed over neighbours, and every gradient, stays on the engine.
 *
 * @since 0.2
 */
public final class ComposedNeighbourKernels implements NeighbourKernels {

    /** What is added to distances before they divide (REFERENCE 2.3). */
    private static final float EPSILON = 1e-8f;

    private final TensorEngine engine;
    private final DenseKernels dense;
    private final GroupKernels groups;
    private final PointwiseKernels pointwise;
    private final NeighbourKernels searches;

    /** @param engine whose kernels compute */
    public ComposedNeighbourKernels(TensorEngine engine) {
        this.engine = engine;
        dense = engine.dense();
        groups = engine.kernel(GroupKernels.class);
        pointwise = engine.kernel(PointwiseKernels.class);
        searches = engine.borrowed(NeighbourKernels.class);
    }

    @Override
    public String description() {
        return "composed of the kernels of '" + engine.name() + "', searches by the processor";
    }

    private Buffer take(int rows, int columns) {
        return engine.buffers().take(Math.max(1, Math.multiplyExact(rows, columns)));
    }

    private void give(Buffer... buffers) {
        for (Buffer buffer : buffers) {
            engine.buffers().give(buffer);
        }
    }

    // ---- searches -------------------------------------------------------------------------------------------------

    @Override
    public void nearest(PointRows points, PointRows queries, int count, Indices index, Buffer squared) {
        searches.nearest(points, queries, count, index, squared);
    }

    @Override
    public void within(PointRows points, PointRows centres, float radius, int samples, Indices index) {
        searches.within(points, centres, radius, samples, index);
    }

    @Override
    public void farthest(PointRows points, int[] picks, Indices out) {
        searches.farthest(points, picks, out);
    }

    @Override
    public void order(PointRows points, float cell, Curve curve, Indices order) {
        searches.order(points, cell, curve, order);
    }

    @Override
    public void cells(PointRows points, float cell, Indices cellOf, Indices members, Indices starts, Indices counts) {
        searches.cells(points, cell, cellOf, members, starts, counts);
    }

    // ---- differences ----------------------------------------------------------------------------------------------

    /** Gives {@code points[index[i, j]] - centres[i]}, {@code [rows * samples, columns]}, lent. */
    private Buffer differences(int rows, int samples, int columns, Buffer points, Indices index, Buffer centres) {
        Buffer away = take(rows, columns);
        Buffer found = take(rows * samples, columns);
        dense.gatherRows(rows * samples, columns, points, index, found);
        dense.scale(rows * columns, -1, centres, away);
        groups.add(new Groups.Equal(rows, samples), columns, found, away, found);
        give(away);
        return found;
    }

    /** Adds rows up where their index says, into zeros. */
    private void scatter(int count, int columns, Buffer x, Indices index, int rows, Buffer out) {
        dense.fill(rows * columns, 0, out);
        dense.scatterAddRows(count, columns, x, index, rows, out);
    }

    private static boolean wanted(Buffer written) {
        return written.capacity() > 0;
    }

    @Override
    public void nearestBackward(
            PointRows points,
            PointRows queries,
            int count,
            Indices index,
            Buffer squared,
            Buffer gradSquared,
            Buffer gradPoints,
            Buffer gradQueries) {
        int rows = queries.rows();
        int columns = points.columns();
        int terms = Math.multiplyExact(rows, count);
        Buffer found = differences(rows, count, columns, points.values(), index, queries.values());
        Buffer factors = take(terms, 1);
        // 1 / (1 + d) is 0 where the distance is infinite, and there the gradient stops.
        pointwise.shift(terms, 1, squared, factors);
        pointwise.apply(Pointwise.RECIPROCAL, terms, 0, factors, factors);
        dense.reluBackward(terms, factors, gradSquared, factors);
        dense.scale(terms, 2, factors, factors);
        groups.multiply(new Groups.Equal(terms, columns), 1, found, factors, found);
        if (wanted(gradPoints)) {
            scatter(terms, columns, found, index, points.rows(), gradPoints);
        }
        if (wanted(gradQueries)) {
            groups.sum(new Groups.Equal(rows, count), columns, false, found, gradQueries, false);
            dense.scale(rows * columns, -1, gradQueries, gradQueries);
        }
        give(factors, found);
    }

    @Override
    public void group(
            int rows, int samples, int columns, Buffer points, Indices index, Buffer centres, float scale, Buffer out) {
        int numbers = rows * samples * columns;
        Buffer found = differences(rows, samples, columns, points, index, centres);
        Buffer scales = take(numbers, 1);
        dense.fill(numbers, scale, scales);
        pointwise.divide(numbers, found, scales, out);
        give(scales, found);
    }

    @Override
    public void groupBackward(
            int rows,
            int samples,
            int columns,
            int pointRows,
            Indices index,
            float scale,
            Buffer gradOut,
            Buffer gradPoints,
            Buffer gradCentres) {
        int numbers = rows * samples * columns;
        Buffer scaled = take(numbers, 1);
        Buffer scales = take(numbers, 1);
        dense.fill(numbers, scale, scales);
        pointwise.divide(numbers, gradOut, scales, scaled);
        if (wanted(gradPoints)) {
            scatter(rows * samples, columns, scaled, index, pointRows, gradPoints);
        }
        if (wanted(gradCentres)) {
            groups.sum(new Groups.Equal(rows, samples), columns, false, scaled, gradCentres, false);
            dense.scale(rows * columns, -1, gradCentres, gradCentres);
        }
        give(scales, scaled);
    }

    // ---- interpolation --------------------------------------------------------------------------------------------

    @Override
    public void inverseDistances(int rows, int terms, Buffer squared, Buffer weights) {
        Groups perRow = new Groups.Equal(rows, terms);
        Buffer sums = take(rows, 1);
        inverses(rows * terms, squared, weights);
        groups.sum(perRow, 1, false, weights, sums, false);
        pointwise.apply(Pointwise.RECIPROCAL, rows, 0, sums, sums);
        groups.multiply(perRow, 1, weights, sums, weights);
        give(sums);
    }

    private void inverses(int n, Buffer squared, Buffer out) {
        pointwise.apply(Pointwise.SQRT, n, 0, squared, out);
        pointwise.shift(n, EPSILON, out, out);
        pointwise.apply(Pointwise.RECIPROCAL, n, 0, out, out);
    }

    /** With u = 1 / (d + epsilon), w = u / S and S the sum of u: {@code -(g - sum of g w) u^2 / (2 d S)}. */
    @Override
    public void inverseDistancesBackward(
            int rows, int terms, Buffer squared, Buffer weights, Buffer gradWeights, Buffer gradSquared) {
        int n = rows * terms;
        Groups perRow = new Groups.Equal(rows, terms);
        Buffer inverses = take(n, 1);
        Buffer distances = take(n, 1);
        Buffer sums = take(rows, 1);
        Buffer along = take(rows, 1);
        inverses(n, squared, inverses);
        pointwise.apply(Pointwise.SQRT, n, 0, squared, distances);
        groups.sum(perRow, 1, false, inverses, sums, false);
        pointwise.apply(Pointwise.RECIPROCAL, rows, 0, sums, sums);
        groups.sumProducts(perRow, 1, gradWeights, weights, along, false);
        dense.scale(rows, -1, along, along);
        groups.add(perRow, 1, gradWeights, along, gradSquared);
        groups.multiply(perRow, 1, gradSquared, sums, gradSquared);
        dense.multiply(n, gradSquared, inverses, gradSquared);
        dense.multiply(n, gradSquared, inverses, gradSquared);
        dense.scale(n, -0.5f, gradSquared, gradSquared);
        pointwise.divide(n, gradSquared, distances, gradSquared);
        // At distance 0 there is no direction; an infinite one has weight 0 and gave 0 already.
        dense.reluBackward(n, distances, gradSquared, gradSquared);
        give(along, sums, distances, inverses);
    }

    @Override
    public void interpolate(
            int rows, int terms, int columns, Indices index, Buffer weights, Buffer features, Buffer out) {
        Buffer gathered = take(rows * terms, columns);
        dense.gatherRows(rows * terms, columns, features, index, gathered);
        groups.multiply(new Groups.Equal(rows * terms, columns), 1, gathered, weights, gathered);
        groups.sum(new Groups.Equal(rows, terms), columns, false, gathered, out, false);
        give(gathered);
    }

    @Override
    public void interpolateBackward(
            int rows,
            int terms,
            int columns,
            int featureRows,
            Indices index,
            Buffer weights,
            Buffer features,
            Buffer gradOut,
            Buffer gradFeatures,
            Buffer gradWeights) {
        int count = rows * terms;
        Groups each = new Groups.Equal(count, columns);
        Buffer spread = take(count, columns);
        groups.spread(new Groups.Equal(rows, terms), columns, false, gradOut, spread);
        if (wanted(gradWeights)) {
            Buffer gathered = take(count, columns);
            dense.gatherRows(count, columns, features, index, gathered);
            groups.sumProducts(each, 1, gathered, spread, gradWeights, false);
            give(gathered);
        }
        if (wanted(gradFeatures)) {
            groups.multiply(each, 1, spread, weights, spread);
            scatter(count, columns, spread, index, featureRows, gradFeatures);
        }
        give(spread);
    }
}
