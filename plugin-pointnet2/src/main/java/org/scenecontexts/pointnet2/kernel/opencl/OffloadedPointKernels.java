package org.scenecontexts.pointnet2.kernel.opencl;

import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.opencl.LaunchGuard;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * Sends each call to the device or to the processor, as a rule says; those of a kernel that the device has once failed to
 * run stay on the processor.
 *
 * @since 0.1
 */
public final class OffloadedPointKernels implements PointKernels {

    private final PointKernels device;
    private final PointKernels cpu;
    private final PointRules rules;
    private final LaunchGuard farthest = new LaunchGuard("farthest point sampling");
    private final LaunchGuard ball = new LaunchGuard("ball queries");
    private final LaunchGuard nearest = new LaunchGuard("searches of the three nearest");
    private final LaunchGuard group = new LaunchGuard("grouping");
    private final LaunchGuard gradients = new LaunchGuard("gradients of grouping and interpolation");
    private final LaunchGuard interpolate = new LaunchGuard("interpolation");

    /** Joins the two; both have to be there. */
    public OffloadedPointKernels(PointKernels device, PointKernels cpu, PointRules rules) {
        this.device = device;
        this.cpu = cpu;
        this.rules = rules;
    }

    @Override
    public String description() {
        return device.description() + ", or " + cpu.description();
    }

    private static void run(LaunchGuard guard, boolean pays, Runnable onDevice, Runnable onCpu) {
        if (!(pays && guard.attempt(onDevice))) {
            onCpu.run();
        }
    }

    @Override
    public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, Indices out) {
        run(
                farthest,
                rules.farthest().pays(PointWork.farthest(points, picks)),
                () -> device.farthestPoints(points, picks, skipNearOrigin, out),
                () -> cpu.farthestPoints(points, picks, skipNearOrigin, out));
    }

    @Override
    public void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
        points.requireSameScenes(centres);
        run(
                ball,
                rules.ball().pays(PointWork.search(points, centres, samples)),
                () -> device.ballQuery(points, centres, radius, samples, out),
                () -> cpu.ballQuery(points, centres, radius, samples, out));
    }

    @Override
    public void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
        known.requireSameScenes(queries);
        run(
                nearest,
                rules.nearest().pays(PointWork.search(known, queries, 6)),
                () -> device.threeNearest(known, queries, index, squared),
                () -> cpu.threeNearest(known, queries, index, squared));
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
        run(
                group,
                rules.group().pays(PointWork.rows((double) centres.rows() * samples, 3.0 + channels, points.rows())),
                () -> device.group(points, centres, samples, index, scale, channels, features, out),
                () -> cpu.group(points, centres, samples, index, scale, channels, features, out));
    }

    @Override
    public void groupBackward(int count, int rows, Indices index, int channels, Buffer gradOut, Buffer gradFeatures) {
        run(
                gradients,
                rules.groupBackward().pays(PointWork.rows(count, 3.0 + channels, rows)),
                () -> device.groupBackward(count, rows, index, channels, gradOut, gradFeatures),
                () -> cpu.groupBackward(count, rows, index, channels, gradOut, gradFeatures));
    }

    @Override
    public void interpolate(int count, int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
        run(
                interpolate,
                rules.interpolate().pays(PointWork.rows(count, channels, count / 4.0)),
                () -> device.interpolate(count, channels, index, weights, features, out),
                () -> cpu.interpolate(count, channels, index, weights, features, out));
    }

    @Override
    public void interpolateBackward(
            int count, int rows, int channels, Indices index, Buffer weights, Buffer gradOut, Buffer gradFeatures) {
        run(
                gradients,
                rules.interpolateBackward().pays(PointWork.rows(count, channels, rows)),
                () -> device.interpolateBackward(count, rows, channels, index, weights, gradOut, gradFeatures),
                () -> cpu.interpolateBackward(count, rows, channels, index, weights, gradOut, gradFeatures));
    }

    @Override
    public void inverseDistanceWeights(int count, Buffer squared, Buffer weights) {
        cpu.inverseDistanceWeights(count, squared, weights);
    }
}
