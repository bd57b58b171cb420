package org.scenecontexts.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

/** Crop, rotation and scale, given the published voxeliser's own draws, lead to the same voxels. */
class GoldenVoxelizerTest {

    private static Map<String, NpArray> golden;

    @BeforeAll
    static void read() {
        golden = Npz.readAll(TestFiles.golden("more/voxelizer_aug.npz"));
    }

    @ParameterizedTest
    @CsvSource({
        "scannet0, 0.05",
        "scannet1, 0.05",
        "s3dis_clip0, 0.3",
        "s3dis_clip1, 0.3",
        "s3dis_noclip0, 0.1",
        "s3dis_noclip1, 0.1"
    })
    void cropRotationAndScaleGiveThePublishedVoxels(String name, double voxel) {
        List<Double> draws = new ArrayList<>();
        int[] order = {};
        for (int i = 0; i < golden.get(name + "/draw_names").size(); i++) {
            if (golden.containsKey(name + "/draw" + i + "_shuffle")) {
                order = golden.get(name + "/draw" + i + "_shuffle").ints();
            } else {
                draws.add(golden.get(name + "/draw" + i + "_uniform").scalar());
            }
        }
        float[] points = golden.get(golden.get(name + "/points").scalarText()).floats();
        if (name.startsWith("s3dis")) {
            double[] ratios = {draws.removeFirst(), draws.removeFirst(), draws.removeFirst()};
            points = select(points, RandomCrop.kept(points, 4, ratios));
        }
        double[] angles = {draws.get(0), draws.get(1), draws.get(2)};
        double[] rotation = RandomRotation.matrix(angles, order);
        double[] expected = golden.get(name + "/M_r").doubles();
        for (int i = 0; i < 9; i++) {
            assertThat(rotation[i]).isCloseTo(expected[i / 3 * 4 + i % 3], within(1e-14));
        }
        double scale = draws.get(3) / voxel;
        assertThat(scale).isCloseTo(golden.get(name + "/M_v").doubles()[0], within(1e-12));
        assertThat(voxels(points, rotation, scale))
                .isEqualTo(keys(golden.get(name + "/out_coords").doubles()));
    }

    private static float[] select(float[] points, int[] kept) {
        float[] some = new float[3 * kept.length];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(points, 3 * kept[i], some, 3 * i, 3);
        }
        return some;
    }

    private static List<String> voxels(float[] points, double[] r, double scale) {
        double[] coordinates = new double[points.length];
        double[] min = new double[3];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        for (int i = 0; i < points.length; i += 3) {
            for (int a = 0; a < 3; a++) {
                double at = r[3 * a] * scale * points[i]
                        + r[3 * a + 1] * scale * points[i + 1]
                        + r[3 * a + 2] * scale * points[i + 2];
                coordinates[i + a] = Math.floor(at);
                min[a] = Math.min(min[a], coordinates[i + a]);
            }
        }
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] -= min[i % 3];
        }
        return keys(coordinates);
    }

    private static List<String> keys(double[] coordinates) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < coordinates.length; i += 3) {
            seen.merge(
                    (int) coordinates[i] + " " + (int) coordinates[i + 1] + " " + (int) coordinates[i + 2],
                    1,
                    Integer::sum);
        }
        return seen.keySet().stream().sorted().toList();
    }
}
