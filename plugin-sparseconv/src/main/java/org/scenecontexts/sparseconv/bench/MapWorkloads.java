package org.scenecontexts.sparseconv.bench;

import java.util.ArrayList;
import java.util.List;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.workload.PreparedWorkload;
import org.scenecontexts.api.workload.RoomSize;
import org.scenecontexts.api.workload.Work;
import org.scenecontexts.api.workload.Workload;
import org.scenecontexts.api.workload.Workload.Tier;
import org.scenecontexts.sparseconv.conv.VoxelHierarchy;
import org.scenecontexts.sparseconv.map.CoordinateSet;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.KernelMap;
import org.scenecontexts.sparseconv.map.KernelMaps;

/** Sorting voxels and building kernel maps. Bytes are those of keys and pairs. */
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
                KernelMap map = KernelMaps.cube(set, 3, KernelLayout.HYPERCUBE);
                return pairs(map, room, () -> KernelMaps.cube(set, 3, KernelLayout.HYPERCUBE));
            }));
            all.add(Workload.of("map/down2" + end, tier, context -> {
                CoordinateSet set = Voxels.set(context, room);
                KernelMap map = KernelMaps.strided(set, set.coarser());
                return pairs(map, room, () -> KernelMaps.strided(set, set.coarser()));
            }));
            all.add(Workload.of("map/network" + end, tier, context -> network(Voxels.sample(context, room))));
        }
        return all;
    }

    /** All maps of a Res16UNet whose first convolution has size 3. */
    static VoxelHierarchy network(PointBatch batch) {
        VoxelHierarchy voxels = VoxelHierarchy.of(batch);
        voxels.cube(0, 3, KernelLayout.HYPERCUBE);
        for (int level = 0; level < 4; level++) {
            voxels.cube(level, 3, KernelLayout.MINKOWSKI_04_HYBRID);
            voxels.down(level);
            voxels.up(level);
        }
        voxels.cube(4, 3, KernelLayout.MINKOWSKI_04_HYBRID);
        return voxels;
    }

    private static PreparedWorkload network(SampledPoints points) {
        return new PreparedWorkload() {
            private PointBatch batch;

            @Override
            public void renew() {
                batch = Voxels.batch(points);
            }

            @Override
            public void run() {
                network(batch);
            }

            @Override
            public Work work() {
                VoxelHierarchy voxels = network(batch);
                long pairs = 0;
                for (int level = 0; level < 5; level++) {
                    pairs += voxels.cube(level, 3, KernelLayout.MINKOWSKI_04_HYBRID)
                            .pairs();
                    pairs += level < 4 ? voxels.down(level).pairs() : 0;
                }
                return new Work(0, pairs * Long.BYTES, batch.rows());
            }
        };
    }

    private static PreparedWorkload keys(RoomSize room, Runnable run) {
        return PreparedWorkload.of(new Work(0, 2L * Long.BYTES * room.voxels(), room.voxels()), run);
    }

    private static PreparedWorkload pairs(KernelMap map, RoomSize room, Runnable run) {
        return PreparedWorkload.of(new Work(0, (long) Long.BYTES * map.pairs(), room.voxels()), run);
    }
}
