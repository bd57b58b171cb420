package org.scenecontexts.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scenecontexts.io.cloud.CloudFiles;
import org.scenecontexts.io.cloud.PointCloud;

class RoomCloudTest {

    @TempDir
    private Path folder;

    @Test
    void aCloudHasOnePointInEveryVoxelOfItsRoom() {
        Path file = folder.resolve("room.ply");

        RoomCloud.write(Path.of("..", "goldens", "rooms", "room3k.npz"), file);

        PointCloud cloud = CloudFiles.read(file);
        Set<Long> voxels = new HashSet<>();
        float[][] positions = new float[3][];
        for (int axis = 0; axis < 3; axis++) {
            positions[axis] =
                    cloud.column("xyz".substring(axis, axis + 1)).values().floats();
        }
        for (int i = 0; i < cloud.size(); i++) {
            long key = 0;
            for (float[] along : positions) {
                key = (key << 20) + (long) Math.floor(along[i] / 0.02);
            }
            voxels.add(key);
        }
        assertThat(voxels).hasSize(3384).hasSize(cloud.size());
        assertThat(cloud.names()).contains("red", "green", "blue", "label");
    }
}
