package org.scenecontexts.pointnet2.kernel.opencl;

import java.util.Arrays;
import java.util.Objects;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.opencl.Launcher;
import org.scenecontexts.opencl.Staging;
import org.scenecontexts.pointnet2.kernel.PointArguments;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;
import org.scenecontexts.pointnet2.kernel.ScalarPointKernels;
import org.scenecontexts.pointnet2.kernel.TieOrder;

/**
 * Runs every point operator on an OpenCL device: searches by brute force, gradients by inverse index. Same indices as on
 * the processor, bit for bit.
 *
 * <p>Arrays travel to the device and back with every call; what is worth that is decided elsewhere. Indices are checked
 * before they are sent, because one out of bounds would end the JVM.
 *
 * @since 0.1
 */
public final class OpenClPointKernels implements PointKernels {

    /** The largest float whose square is still near the origin, compared as the published code does, in double. */
    private static final float NEAR_ORIGIN = nearOrigin();

    private static final float[] NOTHING = {0};

    private final Launcher launcher;
    private final FarthestKernel farthest = new FarthestKernel();
    private final BallKernel ball = new BallKernel();
    private final NearestKernel nearest = new NearestKernel();
    private final GroupKernel group = new GroupKernel();
    private final GatherSumKernel gatherSum = new GatherSumKernel();
    private final InterpolateKernel interpolate = new InterpolateKernel();

    /** @throws org.scenecontexts.opencl.DeviceFailure when a kernel cannot be translated for the device */
    public OpenClPointKernels(Launcher launcher) {
        this.launcher = launcher;
        launcher.prepare(farthest);
        launcher.prepare(ball);
        launcher.prepare(nearest);
        launcher.prepare(group);
        launcher.prepare(gatherSum);
        launcher.prepare(interpolate);
    }

    private static float nearOrigin() {
        float limit = (float) ORIGIN_LIMIT;
        return limit > ORIGIN_LIMIT ? Math.nextDown(limit) : limit;
    }

    @Override
    public String description() {
        return "point operators by brute force on OpenCL device " + launcher.device();
    }

    @Override
    public synchronized void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, Indices out) {
        PointArguments.farthestPoints(points, picks, out);
        if (picks == 0 || points.scenes() == 0) {
            return;
        }
        int width = Math.min(FarthestKernel.WIDTH, Integer.highestOneBit(launcher.maxGroup(farthest)));
        farthest.picks = picks;
        farthest.offsets = points.offsets();
        farthest.xyz = Staging.input(points.xyz(), 3 * points.rows());
        farthest.rank = ranks(points, skipNearOrigin);
        farthest.nearest = new float[points.rows()];
        farthest.out = Staging.output(out, points.scenes() * picks);
        launcher.runGroups(farthest, points.scenes(), width);
        Staging.fetch(farthest.out, out);
    }

    private static int[] ranks(PointSets points, boolean skipNearOrigin) {
        int[] ranks = new int[points.rows()];
        float[] xyz = points.array();
        for (int b = 0; b < points.scenes(); b++) {
            TieOrder ties = new TieOrder(points.size(b));
            for (int k = points.offsets()[b]; k < points.offsets()[b + 1]; k++) {
                float x = xyz[3 * k];
                float y = xyz[3 * k + 1];
                float z = xyz[3 * k + 2];
                boolean skipped = skipNearOrigin && x * x + y * y + z * z <= NEAR_ORIGIN;
                ranks[k] = skipped ? -1 : ties.rank(k - points.offsets()[b]);
            }
        }
        return ranks;
    }

    @Override
    public synchronized void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
        PointArguments.ballQuery(points, centres, radius, samples, out);
        if (centres.rows() == 0) {
            return;
        }
        ball.centres = centres.rows();
        ball.samples = samples;
        ball.limit = radius * radius;
        ball.xyz = Staging.input(points.xyz(), 3 * points.rows());
        ball.centreXyz = Staging.input(centres.xyz(), 3 * centres.rows());
        ball.bounds = bounds(points, centres);
        ball.out = Staging.output(out, centres.rows() * samples);
        launcher.run(ball, centres.rows());
        Staging.fetch(ball.out, out);
    }

    @Override
    public synchronized void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
        PointArguments.threeNearest(known, queries, index, squared);
        int count = queries.rows();
        if (count == 0) {
            return;
        }
        nearest.queries = count;
        nearest.none = Float.POSITIVE_INFINITY;
        nearest.xyz = Staging.input(known.xyz(), 3 * known.rows());
        nearest.queryXyz = Staging.input(queries.xyz(), 3 * count);
        nearest.bounds = bounds(known, queries);
        nearest.index = Staging.output(index, 3 * count);
        nearest.squared = Staging.output(squared, 3 * count);
        launcher.run(nearest, count);
        Staging.fetch(nearest.index, index);
        Staging.fetch(nearest.squared, squared);
    }

    /** First point and one past the last of the scene of each query. */
    private static int[] bounds(PointSets points, PointSets queries) {
        int[] bounds = new int[2 * queries.rows()];
        for (int b = 0; b < queries.scenes(); b++) {
            for (int q = queries.offsets()[b]; q < queries.offsets()[b + 1]; q++) {
                bounds[2 * q] = points.offsets()[b];
                bounds[2 * q + 1] = points.offsets()[b + 1];
            }
        }
        return bounds;
    }

    @Override
    public synchronized void group(
            PointSets points,
            PointSets centres,
            int samples,
            Indices index,
            float scale,
            int channels,
            Buffer features,
            Buffer out) {
        int count = Math.multiplyExact(centres.rows(), samples);
        if (count == 0) {
            return;
        }
        checkIndices(index.array(), count, points.rows());
        group.count = count;
        group.channels = channels;
        group.relative = relative(points.array(), centres.array(), samples, index.array(), count, scale);
        group.index = Staging.input(index, count);
        group.features = channels == 0 ? NOTHING : Staging.input(features, points.rows() * channels);
        int numbers = Math.multiplyExact(count, 3 + channels);
        group.out = Staging.output(out, numbers);
        launcher.run(group, numbers);
        Staging.fetch(group.out, out);
    }

    private static float[] relative(float[] xyz, float[] centres, int samples, int[] index, int count, float scale) {
        float[] relative = new float[3 * count];
        for (int i = 0; i < count; i++) {
            for (int a = 0; a < 3; a++) {
                relative[3 * i + a] = (xyz[3 * index[i] + a] - centres[3 * (i / samples) + a]) / scale;
            }
        }
        return relative;
    }

    @Override
    public synchronized void groupBackward(
            int count, int rows, Indices index, int channels, Buffer gradOut, Buffer gradFeatures) {
        gatherSum.perRow = 1;
        gatherSum.width = 3 + channels;
        gatherSum.skip = 3;
        gatherSum.weighted = 0;
        gatherSum.weights = NOTHING;
        gatherSum(count, rows, index, channels, gradOut, count * (3 + channels), gradFeatures);
    }

    @Override
    public synchronized void interpolate(
            int count, int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
        if (count == 0 || channels == 0) {
            return;
        }
        int rows = checkIndices(index.array(), 3 * count, features.capacity() / channels);
        interpolate.count = count;
        interpolate.channels = channels;
        interpolate.index = Staging.input(index, 3 * count);
        interpolate.weights = Staging.input(weights, 3 * count);
        interpolate.features = Staging.input(features, rows * channels);
        interpolate.out = Staging.output(out, count * channels);
        launcher.run(interpolate, Math.multiplyExact(count, channels));
        Staging.fetch(interpolate.out, out);
    }

    @Override
    public synchronized void interpolateBackward(
            int count, int rows, int channels, Indices index, Buffer weights, Buffer gradOut, Buffer gradFeatures) {
        gatherSum.perRow = 3;
        gatherSum.width = channels;
        gatherSum.skip = 0;
        gatherSum.weighted = 1;
        gatherSum.weights = count == 0 ? NOTHING : Staging.input(weights, 3 * count);
        gatherSum(3 * count, rows, index, channels, gradOut, count * channels, gradFeatures);
    }

    @Override
    public void inverseDistanceWeights(int count, Buffer squared, Buffer weights) {
        // A few numbers per row, not worth the way to the device and back.
        new ScalarPointKernels().inverseDistanceWeights(count, squared, weights);
    }

    private void gatherSum(
            int count, int rows, Indices index, int channels, Buffer gradOut, int gradNumbers, Buffer out) {
        int numbers = Math.multiplyExact(rows, channels);
        if (count == 0 || numbers == 0) {
            Arrays.fill(out.array(), out.arrayOffset(), out.arrayOffset() + numbers, 0f);
            return;
        }
        Users users = Users.of(count, rows, index.array());
        gatherSum.rows = rows;
        gatherSum.channels = channels;
        gatherSum.start = users.start();
        gatherSum.user = users.user();
        gatherSum.gradOut = Staging.input(gradOut, gradNumbers);
        gatherSum.out = Staging.output(out, numbers);
        launcher.run(gatherSum, numbers);
        Staging.fetch(gatherSum.out, out);
    }

    /** One more than the largest index. */
    private static int checkIndices(int[] index, int count, int rows) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Objects.checkIndex(index[i], rows));
        }
        return largest + 1;
    }
}
