package org.scenecontexts.io.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scenecontexts.io.array.NpArray;
import org.scenecontexts.io.array.Npz;
import org.scenecontexts.testing.TestFiles;

class WeightLayoutsTest {

    private static final String BLOCK = "backbone_net.net.block2.0.conv1.kernel";
    private static final String STEM = "conv0p1s1.kernel";
    private static final String DOWN = "conv1p1s2.kernel";

    private static NpArray random(int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Random random = new Random(shape.length + values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return NpArray.of(values, shape);
    }

    private static Weights network() {
        Map<String, NpArray> tensors = new LinkedHashMap<>();
        tensors.put(STEM, random(27, 3, 4));
        tensors.put(DOWN, random(8, 4, 5));
        tensors.put(BLOCK, random(27, 4, 6));
        tensors.put("block2.0.downsample.0.kernel", random(4, 6));
        tensors.put("block2.0.norm1.bn.weight", random(6));
        tensors.put("final.kernel", random(6, 2));
        tensors.put("final.bias", random(1, 2));
        tensors.put("sa1.mlp_module.layer0.conv.weight", random(6, 3, 1, 1));
        tensors.put("bn0.bn.num_batches_tracked", NpArray.scalar(5L));
        return Weights.of(tensors);
    }

    @Test
    void theOrderOfBlockKernelsIsThatOfThePublishedEngine() {
        try (Npz golden = Npz.open(TestFiles.golden("kernel_offsets.npz"))) {
            int[] cubeFromHybrid = golden.get("perm_cube_from_hybrid").ints();
            Weights published = network().in(WeightLayout.MINKOWSKI_04);

            Weights cube = WeightLayouts.convert(published, WeightLayout.MINKOWSKI_05);

            float[] before = published.tensors().get(BLOCK).floats();
            float[] after = cube.tensors().get(BLOCK).floats();
            for (int k = 0; k < 27; k++) {
                assertThat(Arrays.copyOfRange(after, 24 * k, 24 * (k + 1)))
                        .isEqualTo(Arrays.copyOfRange(before, 24 * cubeFromHybrid[k], 24 * (cubeFromHybrid[k] + 1)));
            }
        }
    }

    @Test
    void onlyKernelsInsideBlocksMoveBetweenTheMinkowskiVersions() {
        Weights published = network().in(WeightLayout.MINKOWSKI_04);

        Weights cube = WeightLayouts.convert(published, WeightLayout.MINKOWSKI_05);

        assertThat(cube.layout()).contains(WeightLayout.MINKOWSKI_05);
        published.tensors().forEach((name, array) -> {
            boolean same =
                    Arrays.equals(array.doubles(), cube.tensors().get(name).doubles());
            assertThat(same).as(name).isEqualTo(!name.equals(BLOCK));
        });
    }

    @Test
    void everyLayoutLeadsBackToTheFirst() {
        for (WeightLayout first : WeightLayout.values()) {
            Weights start = WeightLayouts.convert(network().in(WeightLayout.MINKOWSKI_04), first);
            for (WeightLayout other : WeightLayout.values()) {
                Weights back = WeightLayouts.convert(WeightLayouts.convert(start, other), first);
                assertThat(back.tensors().keySet())
                        .containsExactlyElementsOf(start.tensors().keySet());
                start.tensors().forEach((name, array) -> {
                    assertThat(back.tensors().get(name).shape()).as(name).isEqualTo(array.shape());
                    assertThat(back.tensors().get(name).doubles()).as(name).isEqualTo(array.doubles());
                });
            }
        }
    }

    @Test
    void spconvWeightsHaveXFirstAndOutputsOutermost() {
        Weights cube = network().in(WeightLayout.MINKOWSKI_05);

        Map<String, NpArray> spconv =
                WeightLayouts.convert(cube, WeightLayout.SPCONV).tensors();

        assertThat(spconv.get("final.weight").shape()).containsExactly(2, 1, 1, 1, 6);
        assertThat(spconv.get("final.bias").shape()).containsExactly(2);
        assertThat(spconv.get("conv0p1s1.weight").shape()).containsExactly(4, 3, 3, 3, 3);
        float[] from = cube.tensors().get(DOWN).floats();
        float[] to = spconv.get("conv1p1s2.weight").floats();
        int x = 1;
        int y = 0;
        int z = 1;
        int in = 2;
        int out = 3;
        assertThat(to[(((out * 2 + x) * 2 + y) * 2 + z) * 4 + in])
                .isEqualTo(from[((x + 2 * y + 4 * z) * 4 + in) * 5 + out]);
    }

    @Test
    void anUnknownLayoutIsAskedForNotGuessed() {
        assertThatThrownBy(() -> WeightLayouts.convert(network(), WeightLayout.SPCONV))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not record their layout")
                .hasMessageContaining("minkowski-0.4");
        assertThatThrownBy(() -> WeightLayout.of("minkowski"))
                .hasMessageContaining("'minkowski'")
                .hasMessageContaining("spconv");
    }

    @Test
    void weightsOfTheFirstSpconvAreRefusedWithTheRemedy() {
        Weights old = Weights.of(Map.of("conv.weight", random(3, 3, 3, 4, 6))).in(WeightLayout.SPCONV);

        assertThatThrownBy(() -> WeightLayouts.convert(old, WeightLayout.MINKOWSKI_05))
                .hasMessageContaining("conv.weight")
                .hasMessageContaining("permute(4, 0, 1, 2, 3)");
    }
}
