package org.scenecontexts.api.point;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.KernelsFrom;
import org.scenecontexts.api.engine.Written;

/**
 * Who is whose neighbour, and what is computed over that: the contract between networks on points and the devices that
 * serve them. Networks use {@link Neighbourhoods}, which adds gradients.
 *
 * <p>Every implementation gives the same indices: squared distances are sums of squared differences in float32, added
 * column by column without fused multiply-add, and among equals the lower row wins. Indices are rows of the whole stack, not
 * of a scene; no row has neighbours in another scene. Results do not depend on the number of threads. Buffers may be longer
 * than needed, and slices; what is written shares no memory with anything else. A written buffer that is {@link Buffer#NONE}
 * is not wanted. Numbers must be finite.
 *
 * @since 0.2
 */
@KernelsFrom("plugin-pointnet2")
public interface NeighbourKernels {

    /** What this implementation does, for logs. */
    String description();

    /**
     * The nearest rows of the same scene, nearest first. A query that is among the points finds itself.
     *
     * @param points of any number of columns
     * @param queries as many scenes and columns
     * @param count neighbours per query, 1 or more
     * @param index {@code [queries, count]}; where a scene has fewer points, the nearest fills the places that remain
     * @param squared squared distances, {@code [queries, count]}; infinite in the places that remain
     * @throws IllegalArgumentException when a scene has queries but no points
     */
    void nearest(PointRows points, PointRows queries, int count, @Written Indices index, @Written Buffer squared);

    /**
     * Gradient of the squared distances of {@link #nearest}; those that are infinite have none.
     *
     * @param gradSquared {@code [queries, count]}
     * @param gradPoints {@code [points, columns]}; sums are taken in the order of {@code index}
     * @param gradQueries {@code [queries, columns]}
     */
    void nearestBackward(
            PointRows points,
            PointRows queries,
            int count,
            Indices index,
            Buffer squared,
            Buffer gradSquared,
            @Written Buffer gradPoints,
            @Written Buffer gradQueries);

    /**
     * The first points in order whose distance from a centre is below a radius. Where there are fewer, the first fills the
     * places that remain; where there is none, the scene's first point fills all.
     *
     * @param points 3 columns, metres
     * @param centres as many scenes, 3 columns
     * @param radius metres, positive; compared squared, in float32, strictly
     * @param samples neighbours per centre, 1 or more
     * @param index {@code [centres, samples]}
     * @throws IllegalArgumentException when a scene has centres but no points
     */
    void within(PointRows points, PointRows centres, float radius, int samples, @Written Indices index);

    /**
     * Farthest point sampling: starts at the first point of each scene and takes the point farthest from all those taken,
     * again and again. Where a scene has fewer points than are to be picked, they repeat.
     *
     * @param points 3 columns, metres
     * @param picks first pick of each scene, {@code [B + 1]}, from 0
     * @param out {@code [picks[B]]}
     * @throws IllegalArgumentException when a scene has picks but no points
     */
    void farthest(PointRows points, int[] picks, @Written Indices out);

    /**
     * Neighbours as seen from their centre: {@code out[i, j] = (points[index[i, j]] - centres[i]) / scale}.
     *
     * @param rows number of centres
     * @param samples neighbours of each
     * @param columns of points, centres and result
     * @param index {@code [rows, samples]}
     * @param centres {@code [rows, columns]}
     * @param out {@code [rows * samples, columns]}
     */
    void group(
            int rows,
            int samples,
            int columns,
            Buffer points,
            Indices index,
            Buffer centres,
            float scale,
            @Written Buffer out);

    /**
     * Gradient of {@link #group}.
     *
     * @param pointRows rows of {@code gradPoints}
     * @param gradOut {@code [rows * samples, columns]}
     * @param gradPoints {@code [pointRows, columns]}; sums are taken in the order of {@code index}
     * @param gradCentres {@code [rows, columns]}
     */
    void groupBackward(
            int rows,
            int samples,
            int columns,
            int pointRows,
            Indices index,
            float scale,
            Buffer gradOut,
            @Written Buffer gradPoints,
            @Written Buffer gradCentres);

    /**
     * Weights for {@link #interpolate}: inverse distances, {@code 1 / (d + 1e-8)}, that add up to 1 (REFERENCE 2.3). An
     * infinite distance has weight 0.
     *
     * @param squared {@code [rows, terms]}
     * @param weights {@code [rows, terms]}; may be {@code squared}
     */
    void inverseDistances(int rows, int terms, Buffer squared, @Written Buffer weights);

    /**
     * Gradient of {@link #inverseDistances}: that of a distance of 0 has no direction and is taken as 0, as is that of an
     * infinite one.
     *
     * @param weights what {@link #inverseDistances} gave
     * @param gradSquared {@code [rows, terms]}; may be {@code gradWeights}
     */
    void inverseDistancesBackward(
            int rows, int terms, Buffer squared, Buffer weights, Buffer gradWeights, @Written Buffer gradSquared);

    /**
     * {@code out[i] = sum_j weights[i, j] * features[index[i, j]]}.
     *
     * @param terms addends of each row
     * @param out {@code [rows, columns]}
     */
    void interpolate(
            int rows, int terms, int columns, Indices index, Buffer weights, Buffer features, @Written Buffer out);

    /**
     * Gradient of {@link #interpolate}.
     *
     * @param featureRows rows of {@code gradFeatures}
     * @param gradOut {@code [rows, columns]}
     * @param gradFeatures {@code [featureRows, columns]}; sums are taken in the order of {@code index}
     * @param gradWeights {@code [rows, terms]}
     */
    void interpolateBackward(
            int rows,
            int terms,
            int columns,
            int featureRows,
            Indices index,
            Buffer weights,
            Buffer features,
            Buffer gradOut,
            @Written Buffer gradFeatures,
            @Written Buffer gradWeights);

    /**
     * The points of each scene in the order in which a curve visits their cells; points of one cell keep their order. Cells
     * are counted from the scene's lowest coordinate along each axis, in double precision, and the curve has as few bits as
     * the scene's largest cell needs.
     *
     * @param points 3 columns, metres
     * @param cell edge of a cell, metres, positive
     * @param order for each place along the curve the row, {@code [points]}, scene by scene
     * @throws IllegalArgumentException when a scene is more than 65,536 cells wide
     */
    void order(PointRows points, float cell, Curve curve, @Written Indices order);

    /**
     * Which points share a cell. Cells are those of {@link #order}; they are numbered scene by scene, along the Morton curve.
     *
     * @param points 3 columns, metres
     * @param cell edge of a cell, metres, positive
     * @param cellOf cell of each point, {@code [points]}
     * @param members the points, cell by cell, ascending in each, {@code [points]}
     * @param starts first place of each cell in {@code members}, {@code [points + 1]}; the number of points from the last
     *     cell's end on
     * @param counts number of cells of each scene, {@code [B]}
     * @throws IllegalArgumentException when a scene is more than 65,536 cells wide
     */
    void cells(
            PointRows points,
            float cell,
            @Written Indices cellOf,
            @Written Indices members,
            @Written Indices starts,
            @Written Indices counts);
}
