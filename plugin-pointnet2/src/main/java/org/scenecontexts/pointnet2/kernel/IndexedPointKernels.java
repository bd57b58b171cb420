package org.scenecontexts.pointnet2.kernel;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.Parallel;

/**
 * The operators with spatial indices and on many threads: the same results as {@link ScalarPointKernels}, bit for bit and
 * for any number of threads.
 *
 * @since 0.1
 */
public final class IndexedPointKernels implements PointKernels {

    private static final int CHUNK = 64;

    private final Parallel parallel;
    private final BallScan scan;

    public IndexedPointKernels(Parallel parallel) {
        this(parallel, BallScan.best());
    }

    /** @param scan how ball queries test points */
    public IndexedPointKernels(Parallel parallel, BallScan scan) {
        this.parallel = parallel;
        this.scan = scan;
    }

    @Override
    public String description() {
        return "point operators with spatial indices on " + parallel.threads()
                + (parallel.threads() == 1 ? " thread" : " threads");
    }

    @Override
    public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, Indices out) {
        PointArguments.farthestPoints(points, picks, out);
        if (picks == 0) {
            return;
        }
        float[] xyz = points.array();
        parallel.run(
                points.scenes(),
                b -> new FarthestSearch(xyz, points.offsets()[b], points.size(b), skipNearOrigin)
                        .run(picks, out.array(), b * picks));
    }

    @Override
    public void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
        PointArguments.ballQuery(points, centres, radius, samples, out);
        float[] xyz = points.array();
        float[] centre = centres.array();
        for (int b = 0; b < centres.scenes(); b++) {
            int first = centres.offsets()[b];
            if (centres.size(b) > 0) {
                BallSearch search = new BallSearch(scan, xyz, points.offsets()[b], points.size(b), radius, samples);
                parallel.rows(
                        centres.size(b),
                        CHUNK,
                        (from, to) -> search.run(centre, first + from, first + to, out.array()));
            }
        }
    }

    @Override
    public void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
        PointArguments.threeNearest(known, queries, index, squared);
        float[] xyz = known.array();
        float[] query = queries.array();
        for (int b = 0; b < queries.scenes(); b++) {
            int first = queries.offsets()[b];
            if (queries.size(b) > 0) {
                NearestSearch search = new NearestSearch(xyz, known.offsets()[b], known.size(b));
                parallel.rows(
                        queries.size(b),
                        CHUNK,
                        (from, to) -> search.run(
                                query,
                                first + from,
                                first + to,
                                new NearestThree(),
                                index.array(),
                                squared.array(),
                                squared.arrayOffset()));
            }
        }
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
        ScalarPointKernels.Grouping grouping =
                new ScalarPointKernels.Grouping(points, centres, samples, index, scale, channels, features, out);
        parallel.rows(centres.rows(), CHUNK, grouping::rows);
    }

    @Override
    public void groupBackward(int count, int rows, Indices index, int channels, Buffer gradOut, Buffer gradFeatures) {
        Inverse users = new Inverse(count, rows, index.array());
        float[] g = gradOut.array();
        float[] d = gradFeatures.array();
        int atG = gradOut.arrayOffset();
        int atD = gradFeatures.arrayOffset();
        int width = 3 + channels;
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int row = from; row < to; row++) {
                int target = atD + row * channels;
                java.util.Arrays.fill(d, target, target + channels, 0f);
                for (int u = users.start[row]; u < users.start[row + 1]; u++) {
                    int source = atG + users.user[u] * width + 3;
                    for (int c = 0; c < channels; c++) {
                        d[target + c] += g[source + c];
                    }
                }
            }
        });
    }

    @Override
    public void interpolate(int count, int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
        ScalarPointKernels.Interpolating interpolating =
                new ScalarPointKernels.Interpolating(channels, index, weights, features, out);
        parallel.rows(count, CHUNK, interpolating::rows);
    }

    @Override
    public void interpolateBackward(
            int count, int rows, int channels, Indices index, Buffer weights, Buffer gradOut, Buffer gradFeatures) {
        Inverse users = new Inverse(3 * count, rows, index.array());
        float[] g = gradOut.array();
        float[] w = weights.array();
        float[] d = gradFeatures.array();
        int atG = gradOut.arrayOffset();
        int atW = weights.arrayOffset();
        int atD = gradFeatures.arrayOffset();
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int row = from; row < to; row++) {
                int target = atD + row * channels;
                java.util.Arrays.fill(d, target, target + channels, 0f);
                for (int u = users.start[row]; u < users.start[row + 1]; u++) {
                    int source = atG + users.user[u] / 3 * channels;
                    float weight = w[atW + users.user[u]];
                    for (int c = 0; c < channels; c++) {
                        d[target + c] += g[source + c] * weight;
                    }
                }
            }
        });
    }

    @Override
    public void inverseDistanceWeights(int count, Buffer squared, Buffer weights) {
        parallel.rows(count, CHUNK, (from, to) -> ScalarPointKernels.inverseDistances(from, to, squared, weights));
    }

    /** Who uses each row, in order: turns scattered additions into sums that threads can share without a lock. */
    static final class Inverse {
        final int[] start;
        final int[] user;

        Inverse(int count, int rows, int[] index) {
            start = new int[rows + 1];
            for (int i = 0; i < count; i++) {
                start[index[i] + 1]++;
            }
            for (int r = 0; r < rows; r++) {
                start[r + 1] += start[r];
            }
            int[] next = java.util.Arrays.copyOf(start, rows);
            user = new int[count];
            for (int i = 0; i < count; i++) {
                user[next[index[i]]++] = i;
            }
        }
    }
}
