package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.point.Curve;
import org.scenecontexts.api.point.NeighbourArguments;
import org.scenecontexts.api.point.NeighbourKernels;
import org.scenecontexts.api.point.PointRows;

/**
 * Neighbourhoods on the processor: found with the spatial indices of the point operators, computed over on many threads.
 *
 * @since 0.2
 */
public final class IndexedNeighbourKernels implements NeighbourKernels {

    private static final int CHUNK = 64;

    private final Parallel parallel;
    private final BallScan scan;
    private final NeighbourLoops loops;

    public IndexedNeighbourKernels(Parallel parallel) {
        this(parallel, BallScan.best());
    }

    /** @param scan how it is tested what lies within a radius */
    public IndexedNeighbourKernels(Parallel parallel, BallScan scan) {
        this.parallel = parallel;
        this.scan = scan;
        loops = new NeighbourLoops(parallel);
    }

    @Override
    public String description() {
        return "neighbourhoods with spatial indices on " + parallel.threads()
                + (parallel.threads() == 1 ? " thread" : " threads");
    }

    @Override
    public void nearest(PointRows points, PointRows queries, int count, Indices index, Buffer squared) {
        NeighbourArguments.nearest(points, queries, count, index, squared);
        float[] values = points.array();
        float[] query = queries.array();
        int[] found = index.array();
        float[] distances = squared.array();
        int at = squared.arrayOffset();
        for (int b = 0; b < queries.scenes(); b++) {
            int n = points.size(b);
            int first = queries.offsets()[b];
            if (queries.size(b) == 0) {
                continue;
            }
            Search search;
            if (points.columns() == 3) {
                NearestSearch grid = new NearestSearch(values, points.offsets()[b], n);
                search = (from, to) -> grid.run(query, from, to, new NearestMany(count), found, distances, at);
            } else {
                FeatureSearch all = new FeatureSearch(values, points.columns(), points.offsets()[b], n);
                search = (from, to) -> all.run(query, from, to, new NearestMany(count), found, distances, at);
            }
            parallel.rows(queries.size(b), CHUNK, (from, to) -> search.run(first + from, first + to));
        }
    }

    /** Answers the queries of rows {@code from .. to - 1}. */
    private interface Search {
        void run(int from, int to);
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
        loops.distancesBackward(points, queries, count, index, squared, gradSquared, gradPoints, gradQueries);
    }

    @Override
    public void within(PointRows points, PointRows centres, float radius, int samples, Indices index) {
        NeighbourArguments.within(points, centres, radius, samples, index);
        float[] xyz = points.array();
        float[] centre = centres.array();
        for (int b = 0; b < centres.scenes(); b++) {
            int first = centres.offsets()[b];
            if (centres.size(b) > 0) {
                BallSearch search = new BallSearch(scan, xyz, points.offsets()[b], points.size(b), radius, samples);
                parallel.rows(
                        centres.size(b),
                        CHUNK,
                        (from, to) -> search.run(centre, first + from, first + to, index.array()));
            }
        }
    }

    @Override
    public void farthest(PointRows points, int[] picks, Indices out) {
        NeighbourArguments.farthest(points, picks, out);
        float[] xyz = points.array();
        parallel.run(points.scenes(), b -> {
            int count = picks[b + 1] - picks[b];
            if (count > 0) {
                FarthestSearch.byLowestRow(xyz, points.offsets()[b], points.size(b))
                        .run(count, out.array(), picks[b]);
            }
        });
    }

    @Override
    public void group(
            int rows, int samples, int columns, Buffer points, Indices index, Buffer centres, float scale, Buffer out) {
        loops.group(rows, samples, columns, points, index, centres, scale, out);
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
        loops.groupBackward(rows, samples, columns, pointRows, index, scale, gradOut, gradPoints, gradCentres);
    }

    @Override
    public void inverseDistances(int rows, int terms, Buffer squared, Buffer weights) {
        loops.inverseDistances(rows, terms, squared, weights);
    }

    @Override
    public void inverseDistancesBackward(
            int rows, int terms, Buffer squared, Buffer weights, Buffer gradWeights, Buffer gradSquared) {
        loops.inverseDistancesBackward(rows, terms, squared, weights, gradWeights, gradSquared);
    }

    @Override
    public void interpolate(
            int rows, int terms, int columns, Indices index, Buffer weights, Buffer features, Buffer out) {
        loops.interpolate(rows, terms, columns, index, weights, features, out);
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
        loops.interpolateBackward(
                rows, terms, columns, featureRows, index, weights, features, gradOut, gradFeatures, gradWeights);
    }

    @Override
    public void order(PointRows points, float cell, Curve curve, Indices order) {
        NeighbourArguments.cells(points, cell, order);
        float[] xyz = points.array();
        parallel.run(points.scenes(), b -> new CurveCells(points, xyz, b, cell, curve).writeOrder(order.array()));
    }

    @Override
    public void cells(PointRows points, float cell, Indices cellOf, Indices members, Indices starts, Indices counts) {
        NeighbourArguments.cells(points, cell, cellOf, members, starts);
        float[] xyz = points.array();
        CurveCells[] scenes = new CurveCells[points.scenes()];
        parallel.run(scenes.length, b -> {
            scenes[b] = new CurveCells(points, xyz, b, cell, Curve.MORTON);
            scenes[b].writeOrder(members.array());
            counts.array()[b] = scenes[b].count();
        });
        int firstCell = 0;
        for (int b = 0; b < scenes.length; b++) {
            scenes[b].writeCells(firstCell, cellOf.array(), starts.array());
            firstCell += counts.array()[b];
        }
        Arrays.fill(starts.array(), firstCell, points.rows() + 1, points.rows());
    }
}
