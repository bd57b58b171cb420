package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.Samplers;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.StateEntry;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.engine.cpu.PooledBuffers;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;

class Res16UNetFeaturesTest {

    private static final TensorEngine ENGINE = TestEngines.cpu(2);
    private static final Res16UNetConfig NARROW = narrow(false);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Res16UNetConfig narrow(boolean recompute) {
        return new Res16UNetConfig(0.125, 0.02, 3, KernelLayout.MINKOWSKI_04_HYBRID, 0.02, 0.1, true, recompute);
    }

    private static Res16UNet network(TensorEngine engine, Variant variant) {
        return network(engine, variant, NARROW);
    }

    private static Res16UNet network(TensorEngine engine, Variant variant, Res16UNetConfig config) {
        return new Res16UNet(engine, new Random(1), variant, config, 3);
    }

    /** Distinct voxels of a wavy surface and a wall, in random order, in two scenes. */
    private static int[] voxels() {
        Random random = new Random(5);
        Set<List<Integer>> cells = new LinkedHashSet<>();
        while (cells.size() < 3000) {
            int x = random.nextInt(40);
            int y = random.nextInt(40);
            boolean wall = random.nextInt(3) == 0;
            cells.add(List.of(cells.size() / 1500, wall ? 0 : x - 7, y, wall ? x : (int) (3 * Math.sin(x * 0.3))));
        }
        return cells.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }

    private static float[] inputs(int rows) {
        Random random = new Random(6);
        float[] values = new float[3 * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static PointBatch batch(int[] voxels, float[] inputs) {
        return GoldenBatch.of(voxels, inputs, new int[voxels.length / 4]);
    }

    private static float[] features(TensorEngine engine, int[] voxels, float[] inputs) {
        try (var scope = engine.noGrad()) {
            assertThat(scope).isNotNull();
            Res16UNet network = network(engine, Variant.RES16UNET14A);
            network.training(false);
            return network.features(batch(voxels, inputs)).toArray();
        }
    }

    @Test
    void givesFeaturesInTheOrderOfTheBatch() {
        int[] voxels = voxels();
        int rows = voxels.length / 4;
        float[] inputs = inputs(rows);
        // Rows trade places within their scene.
        int[] order = IntStream.range(0, rows).map(i -> i < 1500 ? 1499 - i : i).toArray();
        int[] otherVoxels = new int[voxels.length];
        float[] otherInputs = new float[inputs.length];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(voxels, 4 * order[i], otherVoxels, 4 * i, 4);
            System.arraycopy(inputs, 3 * order[i], otherInputs, 3 * i, 3);
        }

        float[] features = features(ENGINE, voxels, inputs);
        float[] others = features(ENGINE, otherVoxels, otherInputs);

        for (int i = 0; i < rows; i++) {
            assertThat(Arrays.copyOfRange(others, 12 * i, 12 * i + 12))
                    .containsExactly(Arrays.copyOfRange(features, 12 * order[i], 12 * order[i] + 12));
        }
    }

    @Test
    void computesTheSameBitsOnOneThreadAndOnTwo() {
        int[] voxels = voxels();
        float[] inputs = inputs(voxels.length / 4);
        try (TensorEngine single = TestEngines.cpu(1)) {
            Map<String, float[]> one = gradients(single, batch(voxels, inputs));
            Map<String, float[]> two = gradients(ENGINE, batch(voxels, inputs));

            one.forEach((name, gradient) -> assertThat(two.get(name)).as(name).containsExactly(gradient));
        }
    }

    private static Map<String, float[]> gradients(TensorEngine engine, PointBatch batch) {
        return gradients(network(engine, Variant.RES16UNET14A), batch);
    }

    private static Map<String, float[]> gradients(Res16UNet network, PointBatch batch) {
        network.features(batch).mean().backward();
        return network.namedParameters().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().grad().orElseThrow().toArray()));
    }

    @ParameterizedTest
    @EnumSource(names = {"RES16UNET18A", "RES16UNET50"})
    void recomputationGivesTheSameGradientsAndStatistics(Variant variant) {
        int[] voxels = voxels();
        float[] inputs = inputs(voxels.length / 4);
        Res16UNet keeping = network(ENGINE, variant, narrow(false));
        Res16UNet recomputing = network(ENGINE, variant, narrow(true));

        Map<String, float[]> kept = gradients(keeping, batch(voxels, inputs));
        Map<String, float[]> recomputed = gradients(recomputing, batch(voxels, inputs));

        kept.forEach(
                (name, gradient) -> assertThat(recomputed.get(name)).as(name).containsExactly(gradient));
        for (int i = 0; i < keeping.state().size(); i++) {
            assertThat(statistic(recomputing.state().get(i)))
                    .as(keeping.state().get(i).name())
                    .containsExactly(statistic(keeping.state().get(i)));
        }
    }

    private static float[] statistic(StateEntry entry) {
        return switch (entry) {
            case StateEntry.Floats floats -> floats.values();
            case StateEntry.Whole whole -> new float[] {whole.counter().get()};
        };
    }

    @Test
    void recomputationKeepsLessThanHalf() {
        assertThat(keptForBackward(true)).isLessThan(keptForBackward(false) / 2);
    }

    private static long keptForBackward(boolean recompute) {
        int[] voxels = voxels();
        try (TensorEngine engine = TestEngines.cpu(1)) {
            Res16UNet network = network(engine, Variant.RES16UNET34C, narrow(recompute));
            Tensor features = network.features(batch(voxels, inputs(voxels.length / 4)));
            assertThat(features.requiresGrad()).isTrue();
            features.release();
            return ((PooledBuffers) engine.buffers()).lentBytes();
        }
    }

    @Test
    void runsWithBottlenecksWhichThePublishedCodeCannot() {
        int[] voxels = voxels();
        Res16UNet network = network(ENGINE, Variant.RES16UNET50);

        Tensor features = network.features(batch(voxels, inputs(voxels.length / 4)));

        assertThat(features.shape()).containsExactly(3000, 128);
        features.mean().backward();
        assertThat(network.parameters()).allSatisfy(p -> assertThat(p.grad()).isPresent());
    }

    @Test
    void givesBuffersBackAfterUse() {
        int[] voxels = voxels();
        float[] inputs = inputs(voxels.length / 4);
        try (TensorEngine engine = TestEngines.cpu(1);
                var scope = engine.noGrad()) {
            assertThat(scope).isNotNull();
            Res16UNet network = network(engine, Variant.RES16UNET14A);
            network.training(false);

            network.features(batch(voxels, inputs)).release();

            assertThat(((PooledBuffers) engine.buffers()).lentBytes()).isZero();
        }
    }

    @Test
    void refusesPointsThatAreNotOnAGrid() {
        Scene scene = Scene.ofPositions("points", new float[30]).withNormals(new float[30]);
        PointBatch batch =
                PointBatch.of(List.of(Samplers.all().sample(scene, new Random(1))), List.of(InputFeature.NORMAL));

        assertThatThrownBy(() -> network(ENGINE, Variant.RES16UNET14A).features(batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs points on a voxel grid");
    }
}
