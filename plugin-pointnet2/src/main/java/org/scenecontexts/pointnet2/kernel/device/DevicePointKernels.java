package org.scenecontexts.pointnet2.kernel.device;

import java.util.Arrays;
import org.scenecontexts.api.engine.Buffer;
import org.scenecontexts.api.engine.DevicePrograms;
import org.scenecontexts.api.engine.Indices;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.pointnet2.kernel.PointArguments;
import org.scenecontexts.pointnet2.kernel.PointKernels;
import org.scenecontexts.pointnet2.kernel.PointSets;

/**
 * The operators of PointNet++ where values stay on a device: searches by brute force, which such a device does in its sleep,
 * and gradients that are added up in the order of the index. The same bits as the processor's.
 */
final class DevicePointKernels implements PointKernels {

    private final DeviceSearch search;
    private final DeviceRows rows;

    DevicePointKernels(TensorEngine engine, DevicePrograms programs) {
        search = new DeviceSearch(engine, programs);
        rows = new DeviceRows(engine, programs);
    }

    @Override
    public String description() {
        return "point operators on the device";
    }

    @Override
    public void farthestPoints(PointSets points, int picks, boolean skipNearOrigin, Indices out) {
        PointArguments.farthestPoints(points, picks, out);
        int[] first = new int[points.offsets().length];
        Arrays.setAll(first, b -> b * picks);
        search.farthest(points.xyz(), points.offsets(), first, true, skipNearOrigin, out);
    }

    @Override
    public void ballQuery(PointSets points, PointSets centres, float radius, int samples, Indices out) {
        PointArguments.ballQuery(points, centres, radius, samples, out);
        search.within(points.xyz(), points.offsets(), centres.xyz(), centres.offsets(), radius, samples, out);
    }

    @Override
    public void threeNearest(PointSets known, PointSets queries, Indices index, Buffer squared) {
        PointArguments.threeNearest(known, queries, index, squared);
        search.threeNearest(known.xyz(), known.offsets(), queries.xyz(), queries.offsets(), index, squared);
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
        Buffer read = channels == 0 ? Buffer.NONE : features;
        rows.group(centres.rows(), samples, 3, channels, scale, points.xyz(), index, centres.xyz(), read, out);
    }

    @Override
    public void groupBackward(
            int count, int rowCount, Indices index, int channels, Buffer gradOut, Buffer gradFeatures) {
        rows.gatherSum(
                new DeviceRows.Sums(rowCount, channels, count, index, 1, 3 + channels, 3, 1),
                Buffer.NONE,
                gradOut,
                gradFeatures);
    }

    @Override
    public void interpolate(int count, int channels, Indices index, Buffer weights, Buffer features, Buffer out) {
        rows.interpolate(count, 3, channels, index, weights, features, out);
    }

    @Override
    public void interpolateBackward(
            int count, int rowCount, int channels, Indices index, Buffer weights, Buffer gradOut, Buffer gradFeatures) {
        rows.gatherSum(
                new DeviceRows.Sums(rowCount, channels, Math.multiplyExact(3, count), index, 3, channels, 0, 1),
                weights,
                gradOut,
                gradFeatures);
    }

    @Override
    public void inverseDistanceWeights(int count, Buffer squared, Buffer weights) {
        rows.inverseDistances(count, 3, squared, weights);
    }
}
