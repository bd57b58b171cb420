package org.scenecontexts.sparseconv.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.scenecontexts.api.data.InputFeature;
import org.scenecontexts.api.data.PointBatch;
import org.scenecontexts.api.data.SampledPoints;
import org.scenecontexts.api.data.Scene;
import org.scenecontexts.api.engine.TensorEngine;
import org.scenecontexts.api.nn.Module;
import org.scenecontexts.api.tensor.Tensor;
import org.scenecontexts.sparseconv.TestEngines;
import org.scenecontexts.sparseconv.map.KernelLayout;
import org.scenecontexts.sparseconv.map.Voxels;

/** What a thread that loads finds out of a batch is used by the networks, and nothing that they say depends on it. */
class PreparedBatchTest {

    private static final int ROWS = 900;

    /** Rows in no order at all, of several scenes. */
    private static PointBatch batch() {
        int[] coordinates = Voxels.random(ROWS, 1, 4);
        int[] other = Voxels.random(ROWS / 2, 1, 5);
        for (int row = 0; row < other.length; row += 4) {
            other[row] = 1;
        }
        int[] all = Arrays.copyOf(coordinates, coordinates.length + other.length);
        System.arraycopy(other, 0, all, coordinates.length, other.length);
        Random random = new Random(1);
        float[] features = new float[3 * (all.length / 4)];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        return GoldenBatch.of(all, features, new int[all.length / 4]);
    }

    private static Res16UNet res16(TensorEngine engine) {
        Res16UNetConfig config = new Res16UNetConfig(0.125, 0.02, 3, KernelLayout.HYPERCUBE, 0.02, 0.1, true, false);
        return new Res16UNet(engine, new Random(2), Variant.RES16UNET14A, config, 3);
    }

    private static SparseUNet sparse(TensorEngine engine) {
        return new SparseUNet(engine, new Random(2), new SparseUNetFactory.Config(List.of(4, 8, 12), 1, 0.02, 0.1), 3);
    }

    /** Features and all gradients of a step. */
    private static List<float[]> step(Module network, Tensor features) {
        List<float[]> numbers = new ArrayList<>(List.of(features.toArray()));
        features.multiply(features).sum().backward();
        network.namedParameters()
                .forEach((name, parameter) ->
                        numbers.add(parameter.grad().orElseThrow().toArray()));
        return numbers;
    }

    private static void assertSameBits(List<float[]> found, List<float[]> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isEqualTo(expected.get(i));
        }
    }

    /** A network with what the test asks of it. */
    private record Prepared(Module module, Consumer<PointBatch> prepare, Function<PointBatch, Tensor> features) {}

    private static void assertAStepIsTheSame(Function<TensorEngine, Prepared> networks) {
        try (TensorEngine engine = TestEngines.cpu(2);
                PointBatch batch = batch();
                PointBatch prepared = batch()) {
            Prepared network = networks.apply(engine);
            network.prepare.accept(prepared);
            List<float[]> found = step(network.module, network.features.apply(prepared));
            Prepared again = networks.apply(engine);
            assertSameBits(found, step(again.module, again.features.apply(batch)));
        }
    }

    @Test
    void aStepOverAPreparedBatchHasTheBitsOfOneThatWasNot() {
        assertAStepIsTheSame(engine -> {
            Res16UNet network = res16(engine);
            return new Prepared(network, network::prepare, network::features);
        });
    }

    @Test
    void soHasOneOfANetworkOfAnotherDepth() {
        assertAStepIsTheSame(engine -> {
            SparseUNet network = sparse(engine);
            return new Prepared(network, network::prepare, network::features);
        });
    }

    @Test
    void voxelsOfAPreparedBatchAreNotSortedAgain() {
        try (TensorEngine engine = TestEngines.cpu(1);
                PointBatch batch = batch();
                PointBatch prepared = batch()) {
            Res16UNet network = res16(engine);
            network.prepare(prepared);
            // Nobody could make anything of these.
            Arrays.fill(prepared.grid(), 0);
            float[] found = network.features(prepared).toArray();
            assertThat(found).isEqualTo(res16(engine).features(batch).toArray());
        }
    }

    @Test
    void aBatchThatWasPreparedForFewerLevelsServesADeeperNetwork() {
        try (TensorEngine engine = TestEngines.cpu(1);
                PointBatch batch = batch();
                PointBatch prepared = batch()) {
            sparse(engine).prepare(prepared);
            assertThat(res16(engine).features(prepared).toArray())
                    .isEqualTo(res16(engine).features(batch).toArray());
        }
    }

    @Test
    void aBatchThatTheNetworkCannotTakeIsRefusedAsTheForwardPassDoes() {
        SampledPoints points = new SampledPoints(
                Scene.ofPositions("free", new float[6]), new int[0], 0, new int[] {0, 1}, new int[] {0, 1});
        try (TensorEngine engine = TestEngines.cpu(1);
                PointBatch free = PointBatch.of(List.of(points), List.of(InputFeature.POSITION));
                PointBatch twice = GoldenBatch.of(new int[8], new float[6], new int[2])) {
            Res16UNet network = res16(engine);
            assertThatThrownBy(() -> network.prepare(free)).hasMessageContaining("needs points on a voxel grid");
            assertThatThrownBy(() -> network.features(free)).hasMessageContaining("needs points on a voxel grid");
            assertThatThrownBy(() -> network.prepare(twice)).hasMessageContaining("are the same voxel");
            assertThatThrownBy(() -> network.features(twice)).hasMessageContaining("are the same voxel");
        }
    }
}
