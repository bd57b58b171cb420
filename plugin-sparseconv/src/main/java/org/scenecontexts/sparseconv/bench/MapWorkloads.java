package org.scenecontexts.sparseconv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.api.workload.WorkloadContext;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.MapMemory;
import org.scenecontexts.sparseconv.map.MapResources;
import org.scenecontexts.sparseconv.map.VoxelPyramid;

/**
 * Sorting voxels and building kernel maps with an engine's threads, the maps of each run in the memory of the run before, as
 * in training. Bytes are those of keys and pairs.
 */
final class MapWorkloads {

    private MapWorkloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (RoomSize room : new RoomSize[] {RoomSize.K20, RoomSize.K60, RoomSize.K150}) {
            Tier tier = room == RoomSize.K20 ? Tier.FULL : Tier.STANDARD;
            String end = "/" + room.label();
            all.add(Workload.of("map/sort" + end, tier, context -> {
                int[] grid = Voxels.batch(Voxels.sample(context, room)).grid();
                return keys(room, () -> CoordinateSet.sort(grid, 1));
            }));
            all.add(Workload.of("map/cube3" + end, room == RoomSize.K60 ? Tier.QUICK : tier, context -> {
                CoordinateSet set = Voxels.set(context, room);
                return new OneMap(context, set, room, pyramid -> pyramid.cube(0, 3, KernelLayout.HYPERCUBE));
            }));
            all.add(Workload.of("map/down2" + end, tier, context -> {
                CoordinateSet set = Voxels.set(context, room);
                return new OneMap(context, set, room, pyramid -> pyramid.down(0));
            }));
            all.add(Workload.of(
                    "map/network" + end,
                    tier,
                    context -> new AllMaps(resources(context), Voxels.sample(context, room))));
        }
        return all;
    }

    static MapResources resources(WorkloadContext context) {
        return new MapResources(context.engine().parallel(), new MapMemory());
    }

    /** All maps of a Res16UNet whose first convolution has size 3. */
    static VoxelHierarchy network(PointBatch batch, MapResources resources) {
        VoxelHierarchy voxels = VoxelHierarchy.of(batch, resources);
        voxels.cube(0, 3, KernelLayout.HYPERCUBE);
        for (int level = 0; level < 4; level++) {
            voxels.cube(level, 3, KernelLayout.MINKOWSKI_04_HYBRID);
            voxels.down(level);
            voxels.up(level);
        }
        voxels.cube(4, 3, KernelLayout.MINKOWSKI_04_HYBRID);
        return voxels;
    }

    /** One map of a set, with all that it needs. */
    private static final class OneMap implements PreparedWorkload {

        private final MapResources resources;
        private final CoordinateSet set;
        private final RoomSize room;
        private final Function<VoxelPyramid, KernelMap> map;
        private VoxelPyramid pyramid;
        private KernelMap built;

        OneMap(WorkloadContext context, CoordinateSet set, RoomSize room, Function<VoxelPyramid, KernelMap> map) {
            this.resources = resources(context);
            this.set = set;
            this.room = room;
            this.map = map;
            pyramid = new VoxelPyramid(set, resources);
        }

        @Override
        public void renew() {
            pyramid.close();
            pyramid = new VoxelPyramid(set, resources);
        }

        @Override
        public void run() {
            built = map.apply(pyramid);
        }

        @Override
        public Work work() {
            return new Work(0, (long) Integer.BYTES * built.pairs(), room.voxels());
        }
    }

    /** All maps of the network, from the rows of a batch on. */
    private static final class AllMaps implements PreparedWorkload {

        private final MapResources resources;
        private final SampledPoints points;
        private PointBatch batch;

        AllMaps(MapResources resources, SampledPoints points) {
            this.resources = resources;
            this.points = points;
            batch = Voxels.batch(points);
        }

        @Override
        public void renew() {
            batch.close();
            batch = Voxels.batch(points);
        }

        @Override
        public void run() {
            network(batch, resources);
        }

        @Override
        public Work work() {
            VoxelHierarchy voxels = network(batch, resources);
            long pairs = 0;
            for (int level = 0; level < 5; level++) {
                pairs += voxels.cube(level, 3, KernelLayout.MINKOWSKI_04_HYBRID).pairs();
                pairs += level < 4 ? voxels.down(level).pairs() : 0;
            }
            return new Work(0, pairs * Integer.BYTES, batch.rows());
        }
    }

    private static PreparedWorkload keys(RoomSize room, Runnable run) {
        return PreparedWorkload.of(new Work(0, 2L * Long.BYTES * room.voxels(), room.voxels()), run);
    }
}
