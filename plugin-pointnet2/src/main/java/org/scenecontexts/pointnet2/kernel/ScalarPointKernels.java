package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;

/**
 * The operators written down as plainly as possible, on one thread: what other implementations are compared with.
 *
 * @since 0.1
 */
public final class ScalarPointKernels implements PointKernels {

    @Override
    public String description() {
        return "point operators by brute force on one thread";
    }

    @Override
    public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, Indices out) {
        PointArguments.farthestPoints(points, picks, out);
        float[] xyz = points.array();
        for (int b = 0; b < points.scenes() && picks > 0; b++) {
            farthest(xyz, points.offsets()[b], points.size(b), picks, skipNearOrigin, out.array(), b * picks);
        }
    }

    private static void farthest(
            float[] xyz, int from, int n, int picks, boolean skipNearOrigin, int[] out, int outFrom) {
        TieOrder ties = new TieOrder(n);
        float[] nearest = new float[n];
        Arrays.fill(nearest, 1e10f);
        int last = 0;
        out[outFrom] = from;
        for (int j = 1; j < picks; j++) {
            int best = 0;
            float bestDistance = -1;
            for (int k = 0; k < n; k++) {
                if (skipNearOrigin && nearOrigin(xyz, from + k)) {
                    continue;
                }
                float d = Math.min(nearest[k], squaredDistance(xyz, from + k, xyz, from + last));
                nearest[k] = d;
                if (d > bestDistance || (d == bestDistance && ties.rank(k) < ties.rank(best))) {
                    best = k;
                    bestDistance = d;
                }
            }
            last = best;
            out[outFrom + j] = from + best;
        }
    }

    static boolean nearOrigin(float[] xyz, int row) {
        float x = xyz[3 * row];
        float y = xyz[3 * row + 1];
        float z = xyz[3 * row + 2];
        // The published literal is a double: the float sum is widened before it is compared.
        return (double) (x * x + y * y + z * z) <= ORIGIN_LIMIT;
    }

    static float squaredDistance(float[] a, int rowA, float[] b, int rowB) {
        float dx = a[3 * rowA] - b[3 * rowB];
        float dy = a[3 * rowA + 1] - b[3 * rowB + 1];
        float dz = a[3 * rowA + 2] - b[3 * rowB + 2];
        return dx * dx + dy * dy + dz * dz;
    }

    @Override
    public void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
        PointArguments.ballQuery(points, centres, radius, samples, out);
        float limit = radius * radius;
        float[] xyz = points.array();
        float[] centre = centres.array();
        int[] found = out.array();
        for (int b = 0; b < centres.scenes(); b++) {
            int to = points.offsets()[b + 1];
            for (int c = centres.offsets()[b]; c < centres.offsets()[b + 1]; c++) {
                Arrays.fill(found, c * samples, (c + 1) * samples, points.offsets()[b]);
                int hits = 0;
                for (int k = points.offsets()[b]; k < to && hits < samples; k++) {
                    if (squaredDistance(centre, c, xyz, k) < limit) {
                        if (hits == 0) {
                            Arrays.fill(found, c * samples, (c + 1) * samples, k);
                        }
                        found[c * samples + hits++] = k;
                    }
                }
            }
        }
    }

    @Override
    public void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
        PointArguments.threeNearest(known, queries, index, squared);
        NearestThree best = new NearestThree();
        float[] query = queries.array();
        float[] xyz = known.array();
        for (int b = 0; b < queries.scenes(); b++) {
            for (int q = queries.offsets()[b]; q < queries.offsets()[b + 1]; q++) {
                best.clear(known.offsets()[b]);
                for (int k = known.offsets()[b]; k < known.offsets()[b + 1]; k++) {
                    best.offer(squaredDistance(query, q, xyz, k), k);
                }
                best.write(q, index.array(), squared.array(), squared.arrayOffset());
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
        new Grouping(points, centres, samples, index, scale, channels, features, out).rows(0, centres.rows());
    }

    /** One call of {@link #group}, with its buffers taken for arrays. */
    record Grouping(
            float[] xyz,
            float[] centres,
            int samples,
            int[] index,
            float scale,
            int channels,
            float[] features,
            int atFeatures,
            float[] out,
            int atOut) {

        Grouping(
                PointSets points,
                PointSets centres,
                int samples,
                Indices index,
                float scale,
                int channels,
                Buffer features,
                Buffer out) {
            this(
                    points.array(),
                    centres.array(),
                    samples,
                    index.array(),
                    scale,
                    channels,
                    features.array(),
                    features.arrayOffset(),
                    out.array(),
                    out.arrayOffset());
        }

        /** Does the centres {@code from .. to - 1}. */
        void rows(int from, int to) {
            int width = 3 + channels;
            for (int c = from; c < to; c++) {
                for (int i = c * samples; i < (c + 1) * samples; i++) {
                    int at = atOut + i * width;
                    for (int a = 0; a < 3; a++) {
                        out[at + a] = (xyz[3 * index[i] + a] - centres[3 * c + a]) / scale;
                    }
                    if (channels > 0) {
                        System.arraycopy(features, atFeatures + index[i] * channels, out, at + 3, channels);
                    }
                }
            }
        }
    }

    @Override
    public void groupBackward(int count, int rows, Indices index, int channels, Buffer gradOut, Buffer gradFeatures) {
        float[] g = gradOut.array();
        float[] d = gradFeatures.array();
        int[] row = index.array();
        int atG = gradOut.arrayOffset();
        int atD = gradFeatures.arrayOffset();
        Arrays.fill(d, atD, atD + rows * channels, 0f);
        int width = 3 + channels;
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                d[atD + row[i] * channels + c] += g[atG + i * width + 3 + c];
            }
        }
    }

    @Override
    public void interpolate(int count, int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
        new Interpolating(channels, index, weights, features, out).rows(0, count);
    }

    /** One call of {@link #interpolate}, with its buffers taken for arrays. */
    record Interpolating(
            int channels,
            int[] index,
            float[] weights,
            int atWeights,
            float[] features,
            int atFeatures,
            float[] out,
            int atOut) {

        Interpolating(int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
            this(
                    channels,
                    index.array(),
                    weights.array(),
                    weights.arrayOffset(),
                    features.array(),
                    features.arrayOffset(),
                    out.array(),
                    out.arrayOffset());
        }

        /** Does the rows {@code from .. to - 1} of the result. */
        void rows(int from, int to) {
            for (int i = from; i < to; i++) {
                int a = atFeatures + index[3 * i] * channels;
                int b = atFeatures + index[3 * i + 1] * channels;
                int c = atFeatures + index[3 * i + 2] * channels;
                float wa = weights[atWeights + 3 * i];
                float wb = weights[atWeights + 3 * i + 1];
                float wc = weights[atWeights + 3 * i + 2];
                int at = atOut + i * channels;
                for (int j = 0; j < channels; j++) {
                    out[at + j] = features[a + j] * wa + features[b + j] * wb + features[c + j] * wc;
                }
            }
        }
    }

    @Override
    public void interpolateBackward(
            int count, int rows, int channels, Indices index, Buffer weights, Buffer gradOut, Buffer gradFeatures) {
        float[] g = gradOut.array();
        float[] w = weights.array();
        float[] d = gradFeatures.array();
        int[] row = index.array();
        int atG = gradOut.arrayOffset();
        int atW = weights.arrayOffset();
        int atD = gradFeatures.arrayOffset();
        Arrays.fill(d, atD, atD + rows * channels, 0f);
        for (int i = 0; i < 3 * count; i++) {
            for (int c = 0; c < channels; c++) {
                d[atD + row[i] * channels + c] += g[atG + i / 3 * channels + c] * w[atW + i];
            }
        }
    }

    @Override
    public void inverseDistanceWeights(int count, Buffer squared, Buffer weights) {
        inverseDistances(0, count, squared, weights);
    }

    /** Weights of the rows {@code from .. to - 1}. */
    static void inverseDistances(int from, int to, Buffer squared, Buffer weights) {
        float[] distances = squared.array();
        float[] w = weights.array();
        int atSquared = squared.arrayOffset();
        int at = weights.arrayOffset();
        for (int i = 3 * from; i < 3 * to; i += 3) {
            float sum = 0;
            for (int j = i; j < i + 3; j++) {
                w[at + j] = 1f / ((float) Math.sqrt(distances[atSquared + j]) + 1e-8f);
                sum += w[at + j];
            }
            for (int j = i; j < i + 3; j++) {
                w[at + j] /= sum;
            }
        }
    }
}
