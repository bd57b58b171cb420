package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;
import org.scenecontexts.api.point.PointRows;

/**
 * The arithmetic over neighbours that were found. Where rows meet, each target row adds up its own in the order of the
 * index, so that threads never write to one place and the result does not depend on them.
 */
final class NeighbourLoops {

    private static final int CHUNK = 64;
    private static final float EPSILON = 1e-8f;

    private final Parallel parallel;

    NeighbourLoops(Parallel parallel) {
        this.parallel = parallel;
    }

    /** Whether a buffer is there to be written. */
    private static boolean wanted(Buffer buffer) {
        return buffer.capacity() > 0;
    }

    void group(
            int rows, int samples, int columns, Buffer points, Indices index, Buffer centres, float scale, Buffer out) {
        float[] p = points.array();
        float[] c = centres.array();
        float[] y = out.array();
        int[] row = index.array();
        int atP = points.arrayOffset();
        int atC = centres.arrayOffset();
        int atY = out.arrayOffset();
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int i = from * samples; i < to * samples; i++) {
                int point = atP + row[i] * columns;
                int centre = atC + i / samples * columns;
                int target = atY + i * columns;
                for (int j = 0; j < columns; j++) {
                    y[target + j] = (p[point + j] - c[centre + j]) / scale;
                }
            }
        });
    }

    void groupBackward(
            int rows,
            int samples,
            int columns,
            int pointRows,
            Indices index,
            float scale,
            Buffer gradOut,
            Buffer gradPoints,
            Buffer gradCentres) {
        float[] g = gradOut.array();
        int atG = gradOut.arrayOffset();
        if (wanted(gradPoints)) {
            var users = new IndexedPointKernels.Inverse(rows * samples, pointRows, index.array());
            float[] d = gradPoints.array();
            int atD = gradPoints.arrayOffset();
            parallel.rows(pointRows, CHUNK, (from, to) -> {
                for (int r = from; r < to; r++) {
                    int target = atD + r * columns;
                    Arrays.fill(d, target, target + columns, 0f);
                    for (int u = users.start[r]; u < users.start[r + 1]; u++) {
                        add(g, atG + users.user[u] * columns, d, target, columns);
                    }
                    divide(d, target, columns, scale);
                }
            });
        }
        if (wanted(gradCentres)) {
            float[] d = gradCentres.array();
            int atD = gradCentres.arrayOffset();
            parallel.rows(rows, CHUNK, (from, to) -> {
                for (int r = from; r < to; r++) {
                    int target = atD + r * columns;
                    Arrays.fill(d, target, target + columns, 0f);
                    for (int i = r * samples; i < (r + 1) * samples; i++) {
                        add(g, atG + i * columns, d, target, columns);
                    }
                    divide(d, target, columns, -scale);
                }
            });
        }
    }

    private static void add(float[] from, int at, float[] to, int target, int count) {
        for (int j = 0; j < count; j++) {
            to[target + j] += from[at + j];
        }
    }

    private static void divide(float[] values, int at, int count, float divisor) {
        for (int j = at; j < at + count; j++) {
            values[j] /= divisor;
        }
    }

    void distancesBackward(
            PointRows points,
            PointRows queries,
            int count,
            Indices index,
            Buffer squared,
            Buffer gradSquared,
            Buffer gradPoints,
            Buffer gradQueries) {
        int columns = points.columns();
        float[] p = points.array();
        float[] q = queries.array();
        int[] row = index.array();
        int n = queries.rows() * count;
        float[] factor = factors(n, squared, gradSquared);
        if (wanted(gradPoints)) {
            var users = new IndexedPointKernels.Inverse(n, points.rows(), row);
            float[] d = gradPoints.array();
            int atD = gradPoints.arrayOffset();
            parallel.rows(points.rows(), CHUNK, (from, to) -> {
                for (int r = from; r < to; r++) {
                    int target = atD + r * columns;
                    Arrays.fill(d, target, target + columns, 0f);
                    for (int u = users.start[r]; u < users.start[r + 1]; u++) {
                        int i = users.user[u];
                        addDifference(factor[i], p, r * columns, q, i / count * columns, d, target, columns);
                    }
                }
            });
        }
        if (wanted(gradQueries)) {
            float[] d = gradQueries.array();
            int atD = gradQueries.arrayOffset();
            parallel.rows(queries.rows(), CHUNK, (from, to) -> {
                for (int r = from; r < to; r++) {
                    int target = atD + r * columns;
                    Arrays.fill(d, target, target + columns, 0f);
                    for (int i = r * count; i < (r + 1) * count; i++) {
                        addDifference(factor[i], q, r * columns, p, row[i] * columns, d, target, columns);
                    }
                }
            });
        }
    }

    /** Twice the gradient of each distance, 0 where there is no neighbour. */
    private static float[] factors(int n, Buffer squared, Buffer gradSquared) {
        float[] s = squared.toArray(n);
        float[] factor = gradSquared.toArray(n);
        for (int i = 0; i < n; i++) {
            factor[i] = Float.isInfinite(s[i]) ? 0f : 2 * factor[i];
        }
        return factor;
    }

    private static void addDifference(
            float factor, float[] a, int atA, float[] b, int atB, float[] to, int target, int count) {
        for (int j = 0; j < count; j++) {
            to[target + j] += factor * (a[atA + j] - b[atB + j]);
        }
    }

    void inverseDistances(int rows, int terms, Buffer squared, Buffer weights) {
        float[] s = squared.array();
        float[] w = weights.array();
        int atS = squared.arrayOffset();
        int atW = weights.arrayOffset();
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int i = from * terms; i < to * terms; i += terms) {
                float sum = 0;
                for (int j = i; j < i + terms; j++) {
                    w[atW + j] = 1f / ((float) Math.sqrt(s[atS + j]) + EPSILON);
                    sum += w[atW + j];
                }
                divide(w, atW + i, terms, sum);
            }
        });
    }

    void inverseDistancesBackward(
            int rows, int terms, Buffer squared, Buffer weights, Buffer gradWeights, Buffer gradSquared) {
        float[] s = squared.array();
        float[] w = weights.array();
        float[] g = gradWeights.array();
        float[] d = gradSquared.array();
        int atS = squared.arrayOffset();
        int atW = weights.arrayOffset();
        int atG = gradWeights.arrayOffset();
        int atD = gradSquared.arrayOffset();
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int i = from * terms; i < to * terms; i += terms) {
                float mean = 0;
                for (int j = i; j < i + terms; j++) {
                    mean += g[atG + j] * w[atW + j];
                }
                for (int j = i; j < i + terms; j++) {
                    float distance = (float) Math.sqrt(s[atS + j]);
                    float slope = -w[atW + j] / ((distance + EPSILON) * 2 * distance);
                    d[atD + j] = distance == 0 || Float.isInfinite(distance) ? 0f : (g[atG + j] - mean) * slope;
                }
            }
        });
    }

    void interpolate(int rows, int terms, int columns, Indices index, Buffer weights, Buffer features, Buffer out) {
        float[] w = weights.array();
        float[] x = features.array();
        float[] y = out.array();
        int[] row = index.array();
        int atW = weights.arrayOffset();
        int atX = features.arrayOffset();
        int atY = out.arrayOffset();
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int r = from; r < to; r++) {
                int target = atY + r * columns;
                Arrays.fill(y, target, target + columns, 0f);
                for (int i = r * terms; i < (r + 1) * terms; i++) {
                    addScaled(w[atW + i], x, atX + row[i] * columns, y, target, columns);
                }
            }
        });
    }

    private static void addScaled(float factor, float[] from, int at, float[] to, int target, int count) {
        for (int j = 0; j < count; j++) {
            to[target + j] += factor * from[at + j];
        }
    }

    void interpolateBackward(
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
        float[] w = weights.array();
        float[] g = gradOut.array();
        int[] row = index.array();
        int atW = weights.arrayOffset();
        int atG = gradOut.arrayOffset();
        if (wanted(gradFeatures)) {
            var users = new IndexedPointKernels.Inverse(rows * terms, featureRows, row);
            float[] d = gradFeatures.array();
            int atD = gradFeatures.arrayOffset();
            parallel.rows(featureRows, CHUNK, (from, to) -> {
                for (int r = from; r < to; r++) {
                    int target = atD + r * columns;
                    Arrays.fill(d, target, target + columns, 0f);
                    for (int u = users.start[r]; u < users.start[r + 1]; u++) {
                        int i = users.user[u];
                        addScaled(w[atW + i], g, atG + i / terms * columns, d, target, columns);
                    }
                }
            });
        }
        if (wanted(gradWeights)) {
            float[] x = features.array();
            float[] d = gradWeights.array();
            int atX = features.arrayOffset();
            int atD = gradWeights.arrayOffset();
            parallel.rows(rows, CHUNK, (from, to) -> {
                for (int i = from * terms; i < to * terms; i++) {
                    float sum = 0;
                    for (int j = 0; j < columns; j++) {
                        sum += g[atG + i / terms * columns + j] * x[atX + row[i] * columns + j];
                    }
                    d[atD + i] = sum;
                }
            });
        }
    }
}
