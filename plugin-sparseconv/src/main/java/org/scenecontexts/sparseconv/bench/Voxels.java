package org.scenecontexts.sparseconv.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.VoxelSampler;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.sparseconv.map.CoordinateSet;

/** The voxels of a room, as training sees them. */
final class Voxels {

    private Voxels() {}

    /** One scene, its rows in the order that the voxel sampler gives. */
    static SampledPoints sample(WorkloadContext context, RoomSize size) {
        return new VoxelSampler(RoomSize.SPACING, true).sample(context.room(size), new SplittableRandom(1));
    }

    /** A batch of one scene with colours; nothing is derived from it yet. */
    static PointBatch batch(SampledPoints points) {
        return PointBatch.of(List.of(points), List.of(InputFeature.COLOUR));
    }

    static CoordinateSet set(WorkloadContext context, RoomSize size) {
        return CoordinateSet.sort(batch(sample(context, size)).grid(), 1).set();
    }
}
