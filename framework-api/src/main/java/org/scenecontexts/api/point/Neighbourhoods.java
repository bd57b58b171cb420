package org.scenecontexts.api.point;

import java.util.Arrays;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.tensor.Operator;
import org.scenecontexts.api.tensor.Tensor;

/**
 * Neighbourhoods for networks on points: finds neighbours among positions or features, and computes over them with gradient.
 *
 * <p>Finding has no gradient; {@link #group}, {@link #distances}, {@link #weights} and {@link #interpolate} have one, in
 * positions too, so that points may be moved by what is trained. What is found belongs to the caller, see {@link Neighbours};
 * what depends on the batch alone is best kept with {@link org.scenecontexts.api.data.PointBatch#derived}.
 *
 * @since 0.2
 */
public final class Neighbourhoods {

    private final TensorEngine engine;
    private final NeighbourKernels kernels;

    /** @throws IllegalStateException when no plugin offers the kernels, naming the one that does */
    public Neighbourhoods(TensorEngine engine) {
        this.engine = engine;
        kernels = engine.kernel(NeighbourKernels.class);
    }

    /**
     * The nearest points of the same scene, nearest first; the lower row of equals.
     *
     * @param count per query; where a scene has fewer points, the nearest is repeated, at an infinite distance
     */
    @Operator(
            says = "the nearest points of the same scene, nearest first",
            shapes = "[N, 3], [Q, 3] -> Q * count indices")
    public Neighbours nearest(Points points, Points queries, int count) {
        int rows = queries.rows().rows();
        Indices index = indices(rows * count, points);
        Tensor squared = engine.allocate(rows, count);
        kernels.nearest(points.forKernels(), queries.forKernels(), count, index, squared.buffer());
        return new Neighbours(rows, count, index, squared);
    }

    /**
     * The first points in order within a radius of each centre; the first of them is repeated where there are fewer, the
     * scene's first where there is none.
     *
     * @param radius metres
     */
    @Operator(
            says = "the first points in order within a radius of each centre",
            shapes = "[N, 3], [Q, 3] -> Q * samples indices")
    public Neighbours within(Points points, Points centres, double radius, int samples) {
        int rows = centres.rows().rows();
        Indices index = indices(rows * samples, points);
        kernels.within(points.forKernels(), centres.forKernels(), (float) radius, samples, index);
        return new Neighbours(rows, samples, index, engine.allocate(0));
    }

    /**
     * Well-spread points of each scene, the best spread first.
     *
     * @param counts per scene
     */
    @Operator(says = "well-spread points of each scene, the best spread first", shapes = "[N, 3] -> indices")
    public Points.Picks farthest(Points points, int[] counts) {
        int[] offsets = new int[counts.length + 1];
        for (int b = 0; b < counts.length; b++) {
            offsets[b + 1] = Math.addExact(offsets[b], counts[b]);
        }
        Indices rows = indices(offsets[counts.length], points);
        kernels.farthest(points.forKernels(), offsets, rows);
        return new Points.Picks(rows, offsets);
    }

    /**
     * Every {@code stride}-th point of each scene, rounded up, as {@link #farthest(Points, int[])} spreads them.
     *
     * @param stride 1 or more
     */
    @Operator(says = "every `stride`-th point of each scene, well spread", shapes = "[N, 3] -> indices")
    public Points.Picks farthest(Points points, int stride) {
        int[] counts = new int[points.scenes()];
        Arrays.setAll(counts, b -> Math.ceilDiv(points.offsets()[b + 1] - points.offsets()[b], stride));
        return farthest(points, counts);
    }

    /**
     * Neighbours as seen from where they were sought, {@code (points - centre) / scale}.
     *
     * <p>With features for both this is the edge of a graph network: with {@code P} and {@code Q} linear, {@code group(P x, Q
     * x)} is {@code P (x_j - x_i) + (P - Q) x_i}, without a row per edge having to be multiplied.
     *
     * @param points {@code [N, C]}, what was sought among, or other rows of the same points
     * @param centres {@code [Q, C]}
     * @return {@code [Q * count, C]}, with gradient to both
     */
    @Operator(
            says = "`(points[j] - centre) / scale` for the neighbours j of each centre",
            shapes = "[N, C], [Q, C] -> [Q * count, C]")
    public Tensor group(Tensor points, Tensor centres, Neighbours neighbours, double scale) {
        return new GroupOp(kernels, neighbours, (float) scale).apply(points, centres);
    }

    /**
     * The rows of all neighbours.
     *
     * @param features {@code [N, C]}
     * @return {@code [Q * count, C]}, with gradient
     */
    @Operator(says = "the rows of all neighbours", shapes = "[N, C] -> [Q * count, C]")
    public Tensor gather(Tensor features, Neighbours neighbours) {
        return features.gatherRows(neighbours.index());
    }

    /**
     * Squared distances with gradient to both sides.
     *
     * @param points as {@link #nearest} was given
     * @param queries as {@link #nearest} was given
     * @return {@code [Q, count]}
     */
    @Operator(
            says = "squared distances to the neighbours, with gradient to both sides",
            shapes = "[N, 3], [Q, 3] -> [Q, count]")
    public Tensor distances(Points points, Points queries, Neighbours neighbours) {
        return new DistancesOp(kernels, points, queries, neighbours).apply(points.rows(), queries.rows());
    }

    /**
     * Inverse distances that add up to 1 (REFERENCE 2.3).
     *
     * @param squared {@code [Q, count]}
     * @return {@code [Q, count]}, with gradient
     */
    @Operator(says = "inverse distances that add up to 1", shapes = "[Q, count] -> [Q, count]")
    public Tensor weights(Tensor squared) {
        return new WeightsOp(kernels).apply(squared);
    }

    /**
     * Weighted sums of neighbours' rows.
     *
     * @param features {@code [N, C]}
     * @param weights {@code [Q, count]}
     * @return {@code [Q, C]}, with gradient to both
     */
    @Operator(says = "weighted sums of the neighbours' rows", shapes = "[N, C], [Q, count] -> [Q, C]")
    public Tensor interpolate(Tensor features, Neighbours neighbours, Tensor weights) {
        return new InterpolateOp(kernels, neighbours).apply(features, weights);
    }

    /**
     * Features of known points carried to other points by their nearest, as PointNet++ does with three.
     *
     * @param features {@code [N, C]} at {@code known}
     * @param neighbours of {@code queries} among {@code known}
     * @return {@code [Q, C]}, with gradient to features and, where they have one, positions
     */
    @Operator(
            says = "features carried to other points by their nearest, by inverse distance",
            shapes = "[N, C], [N, 3], [Q, 3] -> [Q, C]")
    public Tensor interpolate(Tensor features, Points known, Points queries, Neighbours neighbours) {
        boolean moving = known.rows().requiresGrad() || queries.rows().requiresGrad();
        Tensor squared = moving ? distances(known, queries, neighbours) : neighbours.squared();
        Tensor weights = weights(squared);
        Tensor y = interpolate(features, neighbours, weights);
        weights.release();
        if (moving) {
            squared.release();
        }
        return y;
    }

    /**
     * The points of each scene along a curve; points of one cell keep their order.
     *
     * @param cell edge of a cell, metres
     * @return for each place along the curve the row, {@code [N]}
     */
    public Indices order(Points points, double cell, Curve curve) {
        Indices order = indices(points.rows().rows(), points);
        kernels.order(points.forKernels(), (float) cell, curve, order);
        return order;
    }

    /**
     * The points by the cell that they share. Their number is read by the host, which waits for it: seek them once per batch.
     *
     * @param cell edge of a cell, metres
     */
    public Cells cells(Points points, double cell) {
        int n = points.rows().rows();
        Indices cellOf = indices(n, points);
        Indices members = indices(n, points);
        Indices starts = engine.buffers().takeIndices(n + 1, n + 1);
        Indices counts = engine.buffers().takeIndices(points.scenes(), n + 1);
        kernels.cells(points.forKernels(), (float) cell, cellOf, members, starts, counts);
        int[] offsets = new int[points.scenes() + 1];
        int[] perScene = counts.toArray();
        for (int b = 0; b < perScene.length; b++) {
            offsets[b + 1] = offsets[b] + perScene[b];
        }
        int[] first = Arrays.copyOf(starts.toArray(), offsets[perScene.length] + 1);
        starts.release();
        counts.release();
        return new Cells(cellOf, members, first, offsets);
    }

    private Indices indices(int length, Points range) {
        return engine.buffers().takeIndices(length, range.rows().rows());
    }
}
