package org.scenecontexts.sparseconv.voxel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.data.VoxelSampler;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/**
 * The voxels of views of the pre-training data against those of the published loader (goldens pair_items.npz), which turns
 * a cloud about its mean (recorded as T) and keeps the first point of every voxel.
 */
class PublishedPairVoxelsTest {

    @ParameterizedTest
    @CsvSource({"voxel0,0,0", "voxel0,1,25", "voxel1,1,50", "rotxyz0,0,0", "rotxyz0,1,25", "rotxyz1,1,50"})
    void theSamePointsStandForTheSameVoxels(String item, int view, int frame) {
        try (Npz golden = Npz.open(TestFiles.golden("more/pair_items.npz"));
                Npz cloud = Npz.open(TestFiles.golden("more/pairs/scene0001_00/pcd/" + frame + ".npz"))) {
            double[] raw = cloud.get("pcd").doubles();
            double[] t = golden.get(item + "/T" + view).doubles();
            float[] turned = new float[raw.length / 7 * 3];
            for (int i = 0; i < turned.length; i++) {
                int row = 4 * (i % 3);
                int point = 7 * (i / 3);
                turned[i] = (float)
                        (t[row] * raw[point] + t[row + 1] * raw[point + 1] + t[row + 2] * raw[point + 2] + t[row + 3]);
            }
            SampledPoints found =
                    new VoxelSampler(0.025, false).sample(Scene.ofPositions("view", turned), new SplittableRandom(1));
            int[] expected = golden.get(item + "/quantize_sel" + view).ints();
            double[] cells = golden.get(item + "/coords" + view).doubles();
            int[] rowOf = new int[turned.length / 3];
            Arrays.fill(rowOf, -1);
            for (int i = 0; i < found.size(); i++) {
                rowOf[found.source()[i]] = i;
            }
            assertThat(found.size()).isEqualTo(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(rowOf[expected[i]])
                        .as("row of point %d", expected[i])
                        .isNotNegative();
                for (int axis = 0; axis < 3; axis++) {
                    assertThat(found.grid()[3 * rowOf[expected[i]] + axis]).isEqualTo((int) cells[3 * i + axis]);
                }
            }
        }
    }
}
