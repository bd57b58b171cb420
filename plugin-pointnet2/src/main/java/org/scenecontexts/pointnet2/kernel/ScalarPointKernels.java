package org.scenecontexts.pointnet2.kernel;

import java.util.Arrays;

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
    public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, int[] out) {
        PointArguments.farthestPoints(points, picks, out);
        for (int b = 0; b < points.scenes() && picks > 0; b++) {
            farthest(points.xyz(), points.offsets()[b], points.size(b), picks, skipNearOrigin, out, b * picks);
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
    public void ballQuery(PointSets points, PointSets centres, float radius, int samples, int[] out) {
        PointArguments.ballQuery(points, centres, radius, samples, out);
        float limit = radius * radius;
        for (int b = 0; b < centres.scenes(); b++) {
            int to = points.offsets()[b + 1];
            for (int c = centres.offsets()[b]; c < centres.offsets()[b + 1]; c++) {
                Arrays.fill(out, c * samples, (c + 1) * samples, points.offsets()[b]);
                int hits = 0;
                for (int k = points.offsets()[b]; k < to && hits < samples; k++) {
                    if (squaredDistance(centres.xyz(), c, points.xyz(), k) < limit) {
                        if (hits == 0) {
                            Arrays.fill(out, c * samples, (c + 1) * samples, k);
                        }
                        out[c * samples + hits++] = k;
                    }
                }
            }
        }
    }

    @Override
    public void threeNearest(PointSets known, PointSets queries, int[] index, float[] squared) {
        PointArguments.threeNearest(known, queries, index, squared);
        NearestThree best = new NearestThree();
        for (int b = 0; b < queries.scenes(); b++) {
            for (int q = queries.offsets()[b]; q < queries.offsets()[b + 1]; q++) {
                best.clear(known.offsets()[b]);
                for (int k = known.offsets()[b]; k < known.offsets()[b + 1]; k++) {
                    best.offer(squaredDistance(queries.xyz(), q, known.xyz(), k), k);
                }
                best.write(q, index, squared);
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
        groupRows(points, centres, 0, centres.rows(), samples, index, scale, channels, features, out);
    }

    static void groupRows(
            PointSets points,
            PointSets centres,
            int from,
            int to,
            int samples,
            int[] index,
            float scale,
            int channels,
            float[] features,
            float[] out) {
        int width = 3 + channels;
        for (int c = from; c < to; c++) {
            for (int i = c * samples; i < (c + 1) * samples; i++) {
                for (int a = 0; a < 3; a++) {
                    out[i * width + a] = (points.xyz()[3 * index[i] + a] - centres.xyz()[3 * c + a]) / scale;
                }
                if (channels > 0) {
                    System.arraycopy(features, index[i] * channels, out, i * width + 3, channels);
                }
            }
        }
    }

    @Override
    public void groupBackward(int count, int rows, int[] index, int channels, float[] gradOut, float[] gradFeatures) {
        Arrays.fill(gradFeatures, 0, rows * channels, 0f);
        int width = 3 + channels;
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < channels; c++) {
                gradFeatures[index[i] * channels + c] += gradOut[i * width + 3 + c];
            }
        }
    }

    @Override
    public void interpolate(int count, int channels, int[] index, float[] weights, float[] features, float[] out) {
        interpolateRows(0, count, channels, index, weights, features, out);
    }

    static void interpolateRows(
            int from, int to, int channels, int[] index, float[] weights, float[] features, float[] out) {
        for (int i = from; i < to; i++) {
            int a = index[3 * i] * channels;
            int b = index[3 * i + 1] * channels;
            int c = index[3 * i + 2] * channels;
            float wa = weights[3 * i];
            float wb = weights[3 * i + 1];
            float wc = weights[3 * i + 2];
            for (int j = 0; j < channels; j++) {
                out[i * channels + j] = features[a + j] * wa + features[b + j] * wb + features[c + j] * wc;
            }
        }
    }

    @Override
    public void interpolateBackward(
            int count, int rows, int channels, int[] index, float[] weights, float[] gradOut, float[] gradFeatures) {
        Arrays.fill(gradFeatures, 0, rows * channels, 0f);
        for (int i = 0; i < 3 * count; i++) {
            for (int c = 0; c < channels; c++) {
                gradFeatures[index[i] * channels + c] += gradOut[i / 3 * channels + c] * weights[i];
            }
        }
    }
}
