package org.scenecontexts.pointnet2.kernel.device;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.point.NeighbourArguments;
import org.scenecontexts.api.point.NeighbourKernels;
import org.scenecontexts.api.point.PointRows;

/** Neighbourhoods for networks of all plugins where values stay on a device; the same bits as the processor's. */
final class DeviceNeighbourKernels implements NeighbourKernels {

    private static final int THREE = 3;

    private final DeviceSearch search;
    private final DeviceRows rows;
    private final DeviceCells cells;

    DeviceNeighbourKernels(TensorEngine engine, DevicePrograms programs) {
        search = new DeviceSearch(engine, programs);
        rows = new DeviceRows(engine, programs);
        cells = new DeviceCells(engine, programs, search, rows.sort());
    }

    private static boolean wanted(Buffer buffer) {
        return buffer.capacity() > 0;
    }

    @Override
    public String description() {
        return "neighbourhoods on the device";
    }

    @Override
    public void nearest(PointRows points, PointRows queries, int count, Indices index, Buffer squared) {
        NeighbourArguments.nearest(points, queries, count, index, squared);
        if (count == THREE && points.columns() == THREE && enough(points, queries)) {
            search.threeNearest(points.values(), points.offsets(), queries.values(), queries.offsets(), index, squared);
        } else {
            search.nearest(
                    points.values(),
                    points.columns(),
                    points.offsets(),
                    queries.values(),
                    queries.offsets(),
                    count,
                    index,
                    squared);
        }
    }

    /** Whether no place remains to be filled, which is done otherwise for PointNet++. */
    private static boolean enough(PointRows points, PointRows queries) {
        for (int b = 0; b < points.scenes(); b++) {
            if (points.size(b) < THREE && queries.size(b) > 0) {
                return false;
            }
        }
        return true;
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
        if (wanted(gradPoints)) {
            rows.distancePoints(
                    points.rows(),
                    queries.rows(),
                    points.columns(),
                    count,
                    index,
                    points.values(),
                    queries.values(),
                    squared,
                    gradSquared,
                    gradPoints);
        }
        if (wanted(gradQueries)) {
            rows.distanceQueries(
                    queries.rows(),
                    points.columns(),
                    count,
                    index,
                    points.values(),
                    queries.values(),
                    squared,
                    gradSquared,
                    gradQueries);
        }
    }

    @Override
    public void within(PointRows points, PointRows centres, float radius, int samples, Indices index) {
        NeighbourArguments.within(points, centres, radius, samples, index);
        search.within(points.values(), points.offsets(), centres.values(), centres.offsets(), radius, samples, index);
    }

    @Override
    public void farthest(PointRows points, int[] picks, Indices out) {
        NeighbourArguments.farthest(points, picks, out);
        search.farthest(points.values(), points.offsets(), picks, false, false, out);
    }

    @Override
    public void group(
            int rowCount,
            int samples,
            int columns,
            Buffer points,
            Indices index,
            Buffer centres,
            float scale,
            Buffer out) {
        rows.group(rowCount, samples, columns, 0, scale, points, index, centres, Buffer.NONE, out);
    }

    @Override
    public void groupBackward(
            int rowCount,
            int samples,
            int columns,
            int pointRows,
            Indices index,
            float scale,
            Buffer gradOut,
            Buffer gradPoints,
            Buffer gradCentres) {
        if (wanted(gradPoints)) {
            int count = Math.multiplyExact(rowCount, samples);
            rows.gatherSum(
                    new DeviceRows.Sums(pointRows, columns, count, index, 1, columns, 0, scale),
                    Buffer.NONE,
                    gradOut,
                    gradPoints);
        }
        if (wanted(gradCentres)) {
            rows.sumSamples(rowCount, samples, columns, -scale, gradOut, gradCentres);
        }
    }

    @Override
    public void inverseDistances(int rowCount, int terms, Buffer squared, Buffer weights) {
        rows.inverseDistances(rowCount, terms, squared, weights);
    }

    @Override
    public void inverseDistancesBackward(
            int rowCount, int terms, Buffer squared, Buffer weights, Buffer gradWeights, Buffer gradSquared) {
        rows.inverseDistancesBackward(rowCount, terms, squared, weights, gradWeights, gradSquared);
    }

    @Override
    public void interpolate(
            int rowCount, int terms, int columns, Indices index, Buffer weights, Buffer features, Buffer out) {
        rows.interpolate(rowCount, terms, columns, index, weights, features, out);
    }

    @Override
    public void interpolateBackward(
            int rowCount,
            int terms,
            int columns,
            int featureRows,
            Indices index,
            Buffer weights,
            Buffer features,
            Buffer gradOut,
            Buffer gradFeatures,
            Buffer gradWeights) {
        if (wanted(gradFeatures)) {
            int count = Math.multiplyExact(rowCount, terms);
            rows.gatherSum(
                    new DeviceRows.Sums(featureRows, columns, count, index, terms, columns, 0, 1),
                    weights,
                    gradOut,
                    gradFeatures);
        }
        if (wanted(gradWeights)) {
            rows.interpolateWeights(rowCount, terms, columns, index, features, gradOut, gradWeights);
        }
    }

    @Override
    public void order(PointRows points, float cell, Curve curve, Indices order) {
        NeighbourArguments.cells(points, cell, order);
        cells.order(points, cell, curve, order);
    }

    @Override
    public void cells(PointRows points, float cell, Indices cellOf, Indices members, Indices starts, Indices counts) {
        NeighbourArguments.cells(points, cell, cellOf, members, starts);
        cells.cells(points, cell, cellOf, members, starts, counts);
    }
}
