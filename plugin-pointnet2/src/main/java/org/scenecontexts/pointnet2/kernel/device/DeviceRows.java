package org.scenecontexts.pointnet2.kernel.device;

import java.util.Map;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DeviceProgram;
import org.scenecontexts.api.engine.DeviceProgram.Groups;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.DeviceSort;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;

/** Computes over neighbours that were found, for both families of kernels. */
final class DeviceRows {

    private final DeviceProgram program;
    private final DeviceSort sort;

    DeviceRows(TensorEngine engine, DevicePrograms programs) {
        program = programs.compile(DeviceRows.class, "rows.cl", Map.of());
        sort = new DeviceSort(engine, programs);
    }

    DeviceSort sort() {
        return sort;
    }

    /**
     * Neighbours as seen from their centre, then their features.
     *
     * @param lead columns of points and centres
     * @param channels columns of features, 0 or more
     */
    void group(
            int rows,
            int samples,
            int lead,
            int channels,
            float scale,
            Buffer points,
            Indices index,
            Buffer centres,
            Buffer features,
            Buffer out) {
        int n = product(rows, samples, lead + channels);
        program.launch("group", Groups.of(n), n, samples, lead, channels, scale, points, index, centres, features, out);
    }

    /** What is added up for each row: rows of {@code g} of some width, from a column on. */
    record Sums(int rows, int columns, int count, Indices index, int terms, int width, int skip, float divisor) {}

    /** Adds up what each row's users have, in their order. */
    void gatherSum(Sums sums, Buffer weights, Buffer g, Buffer out) {
        int n = product(sums.rows, sums.columns);
        if (n == 0) {
            return;
        }
        try (DeviceSort.Users users = sort.users(sums.count, sums.rows, sums.index)) {
            program.launch(
                    "gatherSum",
                    Groups.of(n),
                    n,
                    sums.columns,
                    sums.terms,
                    sums.width,
                    sums.skip,
                    weights.capacity() > 0 ? 1 : 0,
                    sums.divisor,
                    users.start(),
                    users.order(),
                    weights,
                    g,
                    out);
        }
    }

    /** Adds up the samples of each row and divides. */
    void sumSamples(int rows, int samples, int columns, float divisor, Buffer g, Buffer out) {
        int n = product(rows, columns);
        program.launch("sumSamples", Groups.of(n), n, samples, columns, divisor, g, out);
    }

    /** Gradient of squared distances with respect to what was found. */
    void distancePoints(
            int pointRows,
            int queryRows,
            int columns,
            int count,
            Indices index,
            Buffer points,
            Buffer queries,
            Buffer squared,
            Buffer gradSquared,
            Buffer out) {
        int n = product(pointRows, columns);
        if (n == 0) {
            return;
        }
        try (DeviceSort.Users users = sort.users(product(queryRows, count), pointRows, index)) {
            program.launch(
                    "distancePoints",
                    Groups.of(n),
                    n,
                    columns,
                    count,
                    users.start(),
                    users.order(),
                    points,
                    queries,
                    squared,
                    gradSquared,
                    out);
        }
    }

    /** Gradient of squared distances with respect to whoever sought. */
    void distanceQueries(
            int queryRows,
            int columns,
            int count,
            Indices index,
            Buffer points,
            Buffer queries,
            Buffer squared,
            Buffer gradSquared,
            Buffer out) {
        int n = product(queryRows, columns);
        program.launch(
                "distanceQueries", Groups.of(n), n, columns, count, index, points, queries, squared, gradSquared, out);
    }

    void inverseDistances(int rows, int terms, Buffer squared, Buffer weights) {
        program.launch("inverseDistances", Groups.of(rows), rows, terms, squared, weights);
    }

    void inverseDistancesBackward(int rows, int terms, Buffer squared, Buffer weights, Buffer g, Buffer out) {
        program.launch("inverseDistancesBackward", Groups.of(rows), rows, terms, squared, weights, g, out);
    }

    void interpolate(int rows, int terms, int columns, Indices index, Buffer weights, Buffer features, Buffer out) {
        int n = product(rows, columns);
        program.launch("interpolate", Groups.of(n), n, terms, columns, index, weights, features, out);
    }

    void interpolateWeights(int rows, int terms, int columns, Indices index, Buffer features, Buffer g, Buffer out) {
        int n = product(rows, terms);
        program.launch("interpolateWeights", Groups.of(n), n, terms, columns, index, features, g, out);
    }

    private static int product(int... factors) {
        int product = 1;
        for (int factor : factors) {
            product = Math.multiplyExact(product, factor);
        }
        return product;
    }
}
