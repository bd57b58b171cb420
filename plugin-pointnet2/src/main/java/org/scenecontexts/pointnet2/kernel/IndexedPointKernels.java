package org.scenecontexts.pointnet2.kernel;

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
    public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, int[] out) {
        PointArguments.farthestPoints(points, picks, out);
        if (picks == 0) {
            return;
        }
        parallel.run(
                points.scenes(),
                b -> new FarthestSearch(points.xyz(), points.offsets()[b], points.size(b), skipNearOrigin)
                        .run(picks, out, b * picks));
    }

    @Override
    public void ballQuery(PointSets points, PointSets centres, float radius, int samples, int[] out) {
        PointArguments.ballQuery(points, centres, radius, samples, out);
        for (int b = 0; b < centres.scenes(); b++) {
            int first = centres.offsets()[b];
            if (centres.size(b) > 0) {
                BallSearch search =
                        new BallSearch(scan, points.xyz(), points.offsets()[b], points.size(b), radius, samples);
                parallel.rows(
                        centres.size(b), CHUNK, (from, to) -> search.run(centres.xyz(), first + from, first + to, out));
            }
        }
    }

    @Override
    public void threeNearest(PointSets known, PointSets queries, int[] index, float[] squared) {
        PointArguments.threeNearest(known, queries, index, squared);
        for (int b = 0; b < queries.scenes(); b++) {
            int first = queries.offsets()[b];
            if (queries.size(b) > 0) {
                NearestSearch search = new NearestSearch(known.xyz(), known.offsets()[b], known.size(b));
                parallel.rows(
                        queries.size(b),
                        CHUNK,
                        (from, to) -> search.run(queries.xyz(), first + from, first + to, index, squared));
            }
        }
    }

    @Override
    public void group(
            PointSets points,
            PointSets centres,
            int samples,
            int[] index,
            float scale,
            int channels,
            float[] features,
            float[] out) {
        parallel.rows(
                centres.rows(),
                CHUNK,
                (from, to) -> ScalarPointKernels.groupRows(
                        points, centres, from, to, samples, index, scale, channels, features, out));
    }

    @Override
    public void groupBackward(int count, int rows, int[] index, int channels, float[] gradOut, float[] gradFeatures) {
        Inverse users = new Inverse(count, rows, index);
        int width = 3 + channels;
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int row = from; row < to; row++) {
                int target = row * channels;
                java.util.Arrays.fill(gradFeatures, target, target + channels, 0f);
                for (int u = users.start[row]; u < users.start[row + 1]; u++) {
                    int source = users.user[u] * width + 3;
                    for (int c = 0; c < channels; c++) {
                        gradFeatures[target + c] += gradOut[source + c];
                    }
                }
            }
        });
    }

    @Override
    public void interpolate(int count, int channels, int[] index, float[] weights, float[] features, float[] out) {
        parallel.rows(
                count,
                CHUNK,
                (from, to) -> ScalarPointKernels.interpolateRows(from, to, channels, index, weights, features, out));
    }

    @Override
    public void interpolateBackward(
            int count, int rows, int channels, int[] index, float[] weights, float[] gradOut, float[] gradFeatures) {
        Inverse users = new Inverse(3 * count, rows, index);
        parallel.rows(rows, CHUNK, (from, to) -> {
            for (int row = from; row < to; row++) {
                int target = row * channels;
                java.util.Arrays.fill(gradFeatures, target, target + channels, 0f);
                for (int u = users.start[row]; u < users.start[row + 1]; u++) {
                    int source = users.user[u] / 3 * channels;
                    float weight = weights[users.user[u]];
                    for (int c = 0; c < channels; c++) {
                        gradFeatures[target + c] += gradOut[source + c] * weight;
                    }
                }
            }
        });
    }

    /** Who uses each row, in order: turns scattered additions into sums that threads can share without a lock. */
    private static final class Inverse {
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
